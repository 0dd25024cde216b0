package finding

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The types of go vet's JSON: package ID → analyzer → diagnostics or an error.
type (
	jsonTree    map[string]map[string]json.RawMessage
	jsonFailure struct {
		Err string `json:"error"`
	}
	jsonFinding struct {
		Category string        `json:"category,omitempty"`
		Posn     string        `json:"posn"` // "file:line:col"
		End      string        `json:"end"`
		Message  string        `json:"message"`
		Fixes    []jsonFix     `json:"suggested_fixes,omitempty"`
		Related  []jsonRelated `json:"related,omitempty"`
	}
	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		Filename string `json:"filename"`
		Start    int    `json:"start"`
		End      int    `json:"end"`
		New      string `json:"new"`
	}
	jsonRelated struct {
		Posn    string `json:"posn"`
		End     string `json:"end"`
		Message string `json:"message"`
	}
)

// Read reads go vet's JSON, which is a sequence of objects, and calls emit for
// each package as soon as it has been read.
func Read(r io.Reader, emit func(Package)) error {
	for dec := json.NewDecoder(r); ; {
		var tree jsonTree
		if err := dec.Decode(&tree); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("findings cannot be read: %w", err)
		}
		if len(tree) == 0 {
			emit(Package{})
		}
		for _, id := range slices.Sorted(maps.Keys(tree)) {
			p, err := tree.pkg(id)
			if err != nil {
				return fmt.Errorf("findings of %s cannot be read: %w", id, err)
			}
			emit(p)
		}
	}
}

// pkg converts the entry of a package.
func (tree jsonTree) pkg(id string) (Package, error) {
	p := Package{Path: PathOf(id)}
	for _, rule := range slices.Sorted(maps.Keys(tree[id])) {
		raw := tree[id][rule]
		var failure jsonFailure
		if json.Unmarshal(raw, &failure) == nil {
			p.Errors = append(p.Errors, fmt.Sprintf("%s: %s: %s", p.Path, rule, failure.Err))
			continue
		}
		var list []jsonFinding
		if err := json.Unmarshal(raw, &list); err != nil {
			return p, err
		}
		for _, j := range list {
			p.Findings = append(p.Findings, j.finding(p.Path, rule))
		}
	}
	return p, nil
}

func (j *jsonFinding) finding(path, rule string) Finding {
	f := Finding{
		Package:  path,
		Rule:     rule,
		Category: j.Category,
		Pos:      ParsePosition(j.Posn),
		End:      ParsePosition(j.End),
		Message:  j.Message,
	}
	for _, r := range j.Related {
		f.Steps = append(f.Steps, NewStep(ParsePosition(r.Posn), ParsePosition(r.End), r.Message))
	}
	for _, fix := range j.Fixes {
		to := Fix{Message: fix.Message}
		for _, e := range fix.Edits {
			to.Edits = append(to.Edits, Edit{e.Filename, e.Start, e.End, e.New})
		}
		f.Fixes = append(f.Fixes, to)
	}
	return f
}

// Write prints findings, in the order given, as one object.
func Write(w io.Writer, findings []Finding) error {
	tree := make(map[string]map[string][]jsonFinding)
	for i := range findings {
		f := &findings[i]
		if tree[f.Package] == nil {
			tree[f.Package] = make(map[string][]jsonFinding)
		}
		tree[f.Package][f.Rule] = append(tree[f.Package][f.Rule], f.json())
	}
	text, err := json.MarshalIndent(tree, "", "\t")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", text)
	return err
}

func (f *Finding) json() jsonFinding {
	j := jsonFinding{Category: f.Category, Posn: f.Pos.String(), End: f.End.String(), Message: f.Message}
	for _, s := range f.Steps {
		j.Related = append(j.Related, jsonRelated{s.At.String(), s.End.String(), s.Text})
	}
	for _, fix := range f.Fixes {
		to := jsonFix{Message: fix.Message}
		for _, e := range fix.Edits {
			to.Edits = append(to.Edits, jsonEdit{e.File, e.Start, e.End, e.New})
		}
		j.Fixes = append(j.Fixes, to)
	}
	return j
}

// String returns "file:line:col", as far as it is known.
func (p Position) String() string {
	s := p.File
	if p.Line > 0 {
		if s != "" {
			s += ":"
		}
		s += strconv.Itoa(p.Line)
		if p.Col > 0 {
			s += ":" + strconv.Itoa(p.Col)
		}
	}
	if s == "" {
		return "-"
	}
	return s
}

// ParsePosition reads what token.Position's String writes. The name of a file
// may have colons.
func ParsePosition(s string) Position {
	if s == "-" {
		return Position{}
	}
	rest, last, ok := cutNumber(s)
	if !ok {
		return Position{File: s}
	}
	if file, line, ok := cutNumber(rest); ok {
		return Position{file, line, last}
	}
	return Position{File: rest, Line: last}
}

// cutNumber cuts a number behind a colon from the end of s.
func cutNumber(s string) (rest string, n int, ok bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return s, 0, false
	}
	n, err := strconv.Atoi(s[i+1:])
	return s[:i], n, err == nil
}
