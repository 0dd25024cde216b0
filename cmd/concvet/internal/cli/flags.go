package cli

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"
)

// PrintFlags lists the flags that have a meaning under go vet in the form that
// the go command reads, and returns the exit status.
func (l *Line) PrintFlags(w io.Writer) int {
	type jsonFlag struct {
		Name  string
		Bool  bool
		Usage string
	}
	var flags []jsonFlag
	l.fs.VisitAll(func(f *flag.Flag) {
		if l.ofTool[f.Name] {
			b, ok := f.Value.(interface{ IsBoolFlag() bool })
			flags = append(flags, jsonFlag{f.Name, ok && b.IsBoolFlag(), f.Usage})
		}
	})
	return printJSON(w, flags)
}

// PrintRules lists the rules, as JSON if that is asked for, and returns the
// exit status.
func (l *Line) PrintRules(w io.Writer) int {
	type jsonRule struct {
		Name  string `json:"name"`
		Tier  string `json:"tier"` // default or advice
		Title string `json:"title"`
		Doc   string `json:"doc"`
		URL   string `json:"url"`
	}
	var rules []jsonRule
	for _, a := range l.Suite.Facades {
		title, text, _ := strings.Cut(a.Doc, "\n\n")
		r := jsonRule{Name: a.Name, Tier: "default", Title: title, Doc: text, URL: a.URL}
		if l.Suite.Advice(a.Name) {
			r.Tier = "advice"
		}
		rules = append(rules, r)
	}
	if l.JSON {
		return printJSON(w, rules)
	}
	for _, r := range rules {
		fmt.Fprintf(w, "%-17s %-8s %s\n", r.Name, r.Tier, r.Title)
	}
	return 0
}

func printJSON(w io.Writer, v any) int {
	text, err := json.MarshalIndent(v, "", "\t")
	if err == nil {
		_, err = fmt.Fprintf(w, "%s\n", text)
	}
	if err != nil {
		return 1
	}
	return 0
}
