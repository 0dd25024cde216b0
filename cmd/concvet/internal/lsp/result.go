package lsp

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
	"github.com/concvet/concvet/cmd/concvet/internal/render"
)

// A result is what was found in a directory.
type result struct {
	items    []item            // sorted
	versions map[string]int    // of files that were open
	texts    map[string]string // of files with findings, and of those that fixes change
	stale    bool              // the package has not been analysed since
}

// An item is a finding with what is published of it.
type item struct {
	finding finding.Finding
	diag    diagnostic
}

// add adds a finding.
func (r *result) add(f finding.Finding, sources *render.Sources, rule render.Rule) {
	d := diagnostic{
		Range:    spanOf(sources, f.Pos, f.End),
		Severity: severityWarning,
		Code:     f.Rule,
		Source:   "concvet",
		Message:  f.Message,
	}
	if rule.Advice {
		d.Severity = severityHint
	}
	if rule.URL != "" {
		d.CodeDescription = &codeDescription{rule.URL}
	}
	for i := range f.Steps {
		st := &f.Steps[i]
		if !filepath.IsAbs(st.At.File) {
			continue
		}
		d.Related = append(d.Related, related{location{render.FileURI(st.At.File), spanOf(sources, st.At, st.End)}, stepText(st)})
	}
	r.items = append(r.items, item{f, d})
	r.keep(f.Pos.File, sources)
	for _, fix := range f.Fixes {
		for _, e := range fix.Edits {
			r.keep(e.File, sources)
		}
	}
}

// keep remembers the text of a file as it was analysed.
func (r *result) keep(file string, sources *render.Sources) {
	if _, ok := r.texts[file]; !ok {
		if text, err := sources.Read(file); err == nil {
			r.texts[file] = string(text)
		}
	}
}

// stepText returns what a step is in words: "G1 main: locks mu".
func stepText(st *finding.Step) string {
	if !st.OK {
		return st.Text
	}
	text := "G" + strconv.Itoa(st.G)
	if st.Role != "" {
		text += " " + st.Role
	}
	return text + ": " + render.Action(st)
}

// accept takes the result of an analysis. With problems, which are those of
// this directory alone, its last findings remain: the user is in the middle of
// a change, and they have not gone away.
func (s *server) accept(dir string, r *result, problems []string) {
	if !s.isOpen(dir) {
		return
	}
	old := s.results[dir]
	if len(problems) > 0 {
		s.explain(problems)
		if old == nil {
			return
		}
		old.stale = true
		r = old
	}
	s.results[dir] = r
	s.publish(old, r)
}

// forget drops what was found in a directory.
func (s *server) forget(dir string) {
	if old := s.results[dir]; old != nil {
		delete(s.results, dir)
		s.publish(old, nil)
	}
}

// publish sends the diagnostics of the files of two results, which are the old
// and the new one of a directory.
func (s *server) publish(old, r *result) {
	files := make(map[string][]diagnostic)
	for _, res := range []*result{old, r} {
		if res != nil {
			for _, it := range res.items {
				files[it.finding.Pos.File] = nil
			}
		}
	}
	if r != nil {
		for _, it := range s.current(r) {
			file := it.finding.Pos.File
			files[file] = append(files[file], it.diag)
		}
		for file := range s.docs {
			if _, ok := files[file]; !ok && s.results[filepath.Dir(file)] == r {
				files[file] = nil // to tell of the version
			}
		}
	}
	var names []string
	for file := range files {
		names = append(names, file)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(a, b) })
	for _, file := range names {
		if len(files[file]) == 0 && !s.sent[file] && s.docs[file] == nil {
			continue
		}
		p := publishParams{URI: s.uri(file), Diagnostics: files[file]}
		if p.Diagnostics == nil {
			p.Diagnostics = []diagnostic{}
		}
		if doc := s.docs[file]; doc != nil {
			p.Version = new(int)
			*p.Version = doc.version
			if v, ok := r.version(file); ok {
				*p.Version = v
			}
		}
		s.sent[file] = len(p.Diagnostics) > 0
		s.notify("textDocument/publishDiagnostics", p)
	}
}

// version returns the version of a file that a result is about, unless it has
// been adapted to a newer one.
func (r *result) version(file string) (int, bool) {
	if r == nil || r.stale {
		return 0, false
	}
	v, ok := r.versions[file]
	return v, ok
}

// current returns the items of a result. Those of a stale one are marked, and
// moved to where their lines are now; what has been changed is left out.
func (s *server) current(r *result) []item {
	if !r.stale {
		return r.items
	}
	shifts := make(map[string]shift)
	var items []item
	for _, it := range r.items {
		file := it.finding.Pos.File
		sh, ok := shifts[file]
		if !ok {
			sh = shiftOf(r.texts[file], s.text(file))
			shifts[file] = sh
		}
		if it.diag.Range, ok = sh.apply(it.diag.Range); ok {
			it.diag.Message += staleMark
			items = append(items, it)
		}
	}
	return items
}

// staleMark is how a finding says that it may be out of date.
const staleMark = " (stale: found before the package stopped compiling)"
