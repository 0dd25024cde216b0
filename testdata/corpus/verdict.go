package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

// A verdict is what somebody who read the code says about a finding.
type verdict struct {
	key
	is     string // "true", "false" or "debatable"
	reason string
}

func (k key) compare(l key) int {
	return cmp.Or(cmp.Compare(k.mod, l.mod), cmp.Compare(k.rule, l.rule), cmp.Compare(k.file, l.file), cmp.Compare(k.line, l.line))
}

// readVerdicts reads a file of lines with five columns separated by tabs: rule,
// module@version, file:line, verdict, reason. Lines that start with # and empty
// ones are ignored.
func readVerdicts(name string) (map[key]verdict, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	verdicts := map[key]verdict{}
	var bad []error
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		v, err := parseVerdict(line)
		if _, twice := verdicts[v.key]; err == nil && twice {
			err = errors.New("second verdict on the same finding")
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("%s:%d: %w", name, i+1, err))
			continue
		}
		verdicts[v.key] = v
	}
	return verdicts, errors.Join(bad...)
}

func parseVerdict(line string) (verdict, error) {
	cols := strings.Split(line, "\t")
	if len(cols) != 5 {
		return verdict{}, fmt.Errorf("%d columns, want 5 separated by tabs", len(cols))
	}
	file, no, ok := strings.Cut(cols[2], ":")
	n, err := strconv.Atoi(no)
	if !ok || err != nil {
		return verdict{}, fmt.Errorf("%q is not file:line", cols[2])
	}
	if !slices.Contains([]string{"true", "false", "debatable"}, cols[3]) {
		return verdict{}, fmt.Errorf("verdict %q, want true, false or debatable", cols[3])
	}
	if strings.TrimSpace(cols[4]) == "" {
		return verdict{}, errors.New("no reason")
	}
	return verdict{key{cols[0], cols[1], file, n}, cols[3], cols[4]}, nil
}

// A comparison is the outcome of a run.
type comparison struct {
	unlisted []finding        // findings without a verdict
	gone     []verdict        // verdicts without a finding, of modules and rules that were run
	count    map[string]tally // by rule
}

// A tally counts findings by verdict.
type tally struct{ found, yes, no, debatable, unlisted int }

// compare sorts findings by verdict. runs tells of a rule whether it was run.
func compare(found []finding, verdicts map[key]verdict, mods []module, runs func(string) bool) comparison {
	c := comparison{count: map[string]tally{}}
	seen := map[key]bool{}
	for _, f := range found {
		seen[f.key] = true
		n := c.count[f.rule]
		n.found++
		v, ok := verdicts[f.key]
		switch {
		case !ok:
			n.unlisted++
			c.unlisted = append(c.unlisted, f)
		case v.is == "true":
			n.yes++
		case v.is == "false":
			n.no++
		default:
			n.debatable++
		}
		c.count[f.rule] = n
	}
	for k, v := range verdicts {
		ran := runs(k.rule) && slices.ContainsFunc(mods, func(m module) bool { return m.id == k.mod })
		if ran && !seen[k] {
			c.gone = append(c.gone, v)
		}
	}
	slices.SortFunc(c.gone, func(a, b verdict) int { return a.key.compare(b.key) })
	return c
}

// write prints the outcome: what needs a verdict, what is gone, and the table.
func (c comparison) write(w io.Writer, print bool) {
	for _, f := range c.unlisted {
		if !print {
			fmt.Fprintf(w, "no verdict: %s: %s\n", strings.ReplaceAll(f.key.String(), "\t", " "), f.message)
			continue
		}
		fmt.Fprintf(w, "%s\t?\t%s\n", f.key, f.message)
		for _, step := range f.witness {
			fmt.Fprintf(w, "#\t%s\n", step)
		}
	}
	for _, v := range c.gone {
		fmt.Fprintf(w, "warning: no longer found, verdict %s: %s\n", v.is, strings.ReplaceAll(v.key.String(), "\t", " "))
	}
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "rule\tfindings\ttrue\tfalse\tdebatable\tno verdict\t% true\t")
	var sum tally
	for _, rule := range slices.Sorted(maps.Keys(c.count)) {
		n := c.count[rule]
		n.write(tw, rule)
		sum = tally{sum.found + n.found, sum.yes + n.yes, sum.no + n.no, sum.debatable + n.debatable, sum.unlisted + n.unlisted}
	}
	sum.write(tw, "all")
	tw.Flush()
}

// write prints a row. The share of true ones is of all that have a verdict, so
// a debatable finding does not count in favour of the rule.
func (n tally) write(w io.Writer, rule string) {
	share := "-"
	if judged := n.yes + n.no + n.debatable; judged > 0 {
		share = fmt.Sprintf("%.0f", 100*float64(n.yes)/float64(judged))
	}
	fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%s\t\n", rule, n.found, n.yes, n.no, n.debatable, n.unlisted, share)
}
