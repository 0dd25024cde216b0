// Command corpus runs concvet on pinned real modules and compares what it finds
// with verdicts.tsv, which says of every finding whether it is a mistake.
//
//	go run ./testdata/corpus                     all modules, default rules
//	go run ./testdata/corpus -modules grpc,caddy some of them
//	go run ./testdata/corpus -print              rows to judge, for what is not listed
//	go run ./testdata/corpus -formats            whether all forms of output have the same findings
//
// It exits with 1 if there is a finding without a verdict or a module could not
// be analysed completely.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// options are the flags.
type options struct {
	tool     string
	dir      string
	modules  string
	rules    string
	advice   bool
	print    bool
	formats  bool
	verdicts string
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("corpus: ")
	var o options
	flag.StringVar(&o.tool, "tool", "", "concvet `binary` to run; built from ./cmd/concvet if empty")
	flag.StringVar(&o.dir, "dir", "", "`directory` for copies of the modules; in the user's cache if empty")
	flag.StringVar(&o.modules, "modules", "", "comma-separated `names` of the modules to run on; all if empty")
	flag.StringVar(&o.rules, "rules", "", "comma-separated `rules` to run; as by default if empty")
	flag.BoolVar(&o.advice, "advice", false, "run advice rules too")
	flag.BoolVar(&o.print, "print", false, "print a row for each finding without a verdict, with its message and witness")
	flag.BoolVar(&o.formats, "formats", false, "compare the findings that all formats of the command, and -standalone, print, instead of judging them")
	flag.StringVar(&o.verdicts, "verdicts", filepath.Join("testdata", "corpus", "verdicts.tsv"), "`file` of verdicts")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatalf("unexpected arguments: %q", flag.Args())
	}
	ok, err := run(o, os.Stdout)
	if err != nil {
		log.Fatal(err)
	}
	if !ok {
		os.Exit(1)
	}
}

// run does what the flags say and reports whether every finding has a verdict.
func run(o options, out io.Writer) (ok bool, err error) {
	mods, err := selected(o.modules)
	if err != nil {
		return false, err
	}
	verdicts, err := readVerdicts(o.verdicts)
	if err != nil {
		return false, err
	}
	if o.dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return false, err
		}
		o.dir = filepath.Join(cache, "concvet-corpus")
	}
	if o.tool, err = tool(o.tool, o.dir); err != nil {
		return false, err
	}
	if o.formats {
		return formatsOf(mods, o, out)
	}

	var found []finding
	failed := false
	for _, m := range mods {
		start := time.Now()
		fs, err := m.analyse(o)
		if err != nil {
			failed = true
			log.Printf("%s: %v", m.name, err)
		}
		log.Printf("%s: %d findings in %.1fs", m.id, len(fs), time.Since(start).Seconds())
		found = append(found, fs...)
	}
	c := compare(found, verdicts, mods, func(rule string) bool { return o.runs(rule) })
	c.write(out, o.print)
	return len(c.unlisted) == 0 && !failed, nil
}

// formatsOf compares the formats on modules, and reports whether they agree.
func formatsOf(mods []module, o options, out io.Writer) (same bool, err error) {
	same = true
	for _, m := range mods {
		root, err := m.root(o.dir)
		if err != nil {
			return false, err
		}
		ok, err := compareFormats(out, o, m.id, root, m.env(root), []string{"./..."})
		if err != nil {
			return false, fmt.Errorf("%s: %w", m.id, err)
		}
		same = same && ok
	}
	return same, nil
}

// tool returns the absolute path of the binary to run, which it builds into
// dir if none is given.
func tool(given, dir string) (string, error) {
	if given != "" {
		path, err := exec.LookPath(given)
		if err != nil {
			return "", err
		}
		return filepath.Abs(path)
	}
	path, err := filepath.Abs(filepath.Join(dir, "concvet"))
	if err != nil {
		return "", err
	}
	build := exec.Command("go", "build", "-o", path, "github.com/concvet/concvet/cmd/concvet")
	if msg, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", build, err, msg)
	}
	return path, nil
}

// selected returns the modules that a flag names.
func selected(names string) ([]module, error) {
	all := modules()
	if names == "" {
		return all, nil
	}
	var known []string
	for _, m := range all {
		known = append(known, m.name)
	}
	var mods []module
	var unknown []error
	for name := range strings.SplitSeq(names, ",") {
		i := slices.IndexFunc(all, func(m module) bool { return m.name == strings.TrimSpace(name) })
		if i < 0 {
			unknown = append(unknown, fmt.Errorf("no module %q; there are %s", name, strings.Join(known, ", ")))
			continue
		}
		mods = append(mods, all[i])
	}
	return mods, errors.Join(unknown...)
}
