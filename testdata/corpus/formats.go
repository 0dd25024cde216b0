package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A format is a way to have findings printed: what one prints all must.
type format struct {
	name string
	args []string // of concvet
	read func(root string, out []byte) ([]finding, error)
}

// formats returns all formats, and the other driver.
func formats() []format {
	return []format{
		{"text", []string{"-color=never"}, readText},
		{"json", []string{"-format=json"}, readJSON},
		{"sarif", []string{"-format=sarif"}, readSARIF},
		{"github", []string{"-format=github"}, readGitHub},
		{"html", []string{"-format=html"}, readHTML},
		{"standalone", []string{"-standalone", "-format=json"}, readJSON},
	}
}

// compareFormats runs concvet in the root of a module once for each format, and
// writes how many findings they have, and those that not all have. It reports
// whether there are none of these.
func compareFormats(w io.Writer, o options, name, root string, env, patterns []string) (same bool, err error) {
	all := formats()
	in := make(map[string][]string) // finding → names of formats
	for _, f := range all {
		found, err := f.run(o, root, env, patterns)
		if err != nil {
			return false, fmt.Errorf("%s: %w", f.name, err)
		}
		texts := make(map[string]bool) // without columns, which the page lacks
		for _, d := range found {
			texts[fmt.Sprintf("%s:%d: %s (%s)", d.file, d.line, d.message, d.rule)] = true
		}
		for text := range texts {
			in[text] = append(in[text], f.name)
		}
		fmt.Fprintf(w, "%s: %s: %d findings\n", name, f.name, len(texts))
	}
	same = true
	for _, text := range slices.Sorted(maps.Keys(in)) {
		if len(in[text]) < len(all) {
			same = false
			fmt.Fprintf(w, "only in %s: %s\n", strings.Join(in[text], ", "), text)
		}
	}
	return same, nil
}

// run returns what concvet prints in a format. Its exit status must tell of
// findings.
func (f format) run(o options, root string, env, patterns []string) ([]finding, error) {
	cmd := exec.Command(o.tool, slices.Concat(f.args, o.flags(), patterns)...)
	cmd.Dir, cmd.Env = root, append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 3) {
		return nil, fmt.Errorf("%w\n%s", err, lastLines(stderr.String(), 20))
	}
	found, readErr := f.read(root, out)
	if readErr == nil && (len(found) > 0) != (err != nil) {
		readErr = fmt.Errorf("%d findings, but exit status %d", len(found), cmd.ProcessState.ExitCode())
	}
	return found, readErr
}

// newFinding has the name of the file relative to the root, as verdicts have it.
func newFinding(root, file, line, rule, message string) finding {
	f := finding{key: key{rule: rule, file: filepath.ToSlash(file)}, message: message}
	if rel, err := filepath.Rel(root, file); err == nil && filepath.IsLocal(rel) {
		f.file = filepath.ToSlash(rel)
	}
	f.line, _ = strconv.Atoi(line)
	return f
}

func readJSON(root string, out []byte) ([]finding, error) {
	return module{}.decode(root, bytes.NewReader(out))
}

var textLine = regexp.MustCompile(`(?m)^([^\t].*?):(\d+):\d+: (.*) \((\w+)\)$`)

func readText(root string, out []byte) (found []finding, err error) {
	for _, m := range textLine.FindAllSubmatch(out, -1) {
		found = append(found, newFinding(root, string(m[1]), string(m[2]), string(m[4]), string(m[3])))
	}
	return found, nil
}

var gitHubLine = regexp.MustCompile(`(?m)^::\w+ file=(.*?),line=(\d+),.*,title=concvet (\w+)::(.*)$`)

func readGitHub(root string, out []byte) (found []finding, err error) {
	unescape := strings.NewReplacer("%25", "%", "%3A", ":", "%2C", ",")
	for _, m := range gitHubLine.FindAllStringSubmatch(string(out), -1) {
		message, _, _ := strings.Cut(m[4], "%0A") // the witness is behind it
		found = append(found, newFinding(root, unescape.Replace(m[1]), m[2], m[3], unescape.Replace(message)))
	}
	return found, nil
}

var article = regexp.MustCompile(`<article class="finding"[^>]* data-rule="(\w+)"[^>]*>\s*<h2>(.*?)</h2>\s*<div class="meta">.*?<span class="place">(.*?):(\d+)</span>`)

func readHTML(root string, out []byte) (found []finding, err error) {
	for _, m := range article.FindAllStringSubmatch(string(out), -1) {
		found = append(found, newFinding(root, html.UnescapeString(m[3]), m[4], m[1], html.UnescapeString(m[2])))
	}
	return found, nil
}

func readSARIF(root string, out []byte) (found []finding, err error) {
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID    string
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(out, &log); err != nil {
		return nil, err
	}
	for _, run := range log.Runs {
		for _, r := range run.Results {
			at := r.Locations[0].PhysicalLocation
			uri, err := url.Parse(at.ArtifactLocation.URI)
			if err != nil {
				return nil, err
			}
			message := strings.ReplaceAll(r.Message.Text, `]\(`, "](") // else it would be a link
			found = append(found, newFinding(root, filepath.FromSlash(uri.Path), strconv.Itoa(at.Region.StartLine), r.RuleID, message))
		}
	}
	return found, nil
}
