package lsp

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
	"github.com/concvet/concvet/cmd/concvet/internal/fix"
	"github.com/concvet/concvet/cmd/concvet/internal/render"
)

// Kinds of code actions.
const (
	quickFix = "quickfix"
	fixAll   = "source.fixAll.concvet"
)

// text returns the contents of a file as the editor has it.
func (s *server) text(file string) string {
	if doc := s.docs[file]; doc != nil {
		if doc.gone {
			return ""
		}
		return doc.text
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	return string(text)
}

// uri returns the URI of a file.
func (s *server) uri(file string) string {
	if doc := s.docs[file]; doc != nil {
		return doc.uri
	}
	return render.FileURI(file)
}

// wants reports whether a kind of actions is among those that are asked for,
// which stand for all kinds below them, too.
func wants(only []string, kind string) bool {
	for _, o := range only {
		if kind == o || o == "" || strings.HasPrefix(kind, o+".") {
			return true
		}
	}
	return len(only) == 0
}

// codeActions returns the fixes of findings in a range of a file, and one for
// all that the file has.
func (s *server) codeActions(file string, at span, only []string) []codeAction {
	actions := []codeAction{}
	r := s.results[filepath.Dir(file)]
	if r == nil || r.stale {
		return actions
	}
	var fixable []finding.Finding
	for _, it := range r.items {
		if it.finding.Pos.File != file || len(it.finding.Fixes) == 0 {
			continue
		}
		fixable = append(fixable, it.finding)
		if !wants(only, quickFix) || !it.diag.Range.touches(at) {
			continue
		}
		for _, fx := range it.finding.Fixes {
			f := it.finding
			f.Fixes = []finding.Fix{fx}
			if edit := s.edit(r, []finding.Finding{f}); edit != nil {
				actions = append(actions, codeAction{fx.Message, quickFix, []diagnostic{it.diag}, len(it.finding.Fixes) == 1, edit})
			}
		}
	}
	// Unasked, it would only repeat the other one if that is alone.
	if wants(only, fixAll) && (len(only) > 0 || len(fixable) > 1) && len(fixable) > 0 {
		if edit := s.edit(r, fixable); edit != nil {
			actions = append(actions, codeAction{Title: "Make all fixes of concvet in this file", Kind: fixAll, Edit: edit})
		}
	}
	return actions
}

// errChanged is that a fix was meant for other contents.
var errChanged = errors.New("the file has changed since it was analysed")

// edit returns what the fixes of findings make of files, or nil if they cannot
// be made.
func (s *server) edit(r *result, findings []finding.Finding) *workspaceEdit {
	changes, _, err := fix.Plan(findings, func(file string) ([]byte, error) {
		if text, ok := r.texts[file]; ok && text == s.text(file) {
			return []byte(text), nil
		}
		return nil, errChanged
	})
	if err != nil || len(changes) == 0 {
		return nil
	}
	e := new(workspaceEdit)
	for _, c := range changes {
		uri, edits := s.uri(c.File), []textEdit{difference(string(c.Old), string(c.New))}
		if s.client.Capabilities.Workspace.Edit.DocumentChanges {
			doc := documentEdit{versioned{URI: uri}, edits}
			if d := s.docs[c.File]; d != nil {
				doc.TextDocument.Version = &d.version
			}
			e.DocumentChanges = append(e.DocumentChanges, doc)
			continue
		}
		if e.Changes == nil {
			e.Changes = make(map[string][]textEdit)
		}
		e.Changes[uri] = edits
	}
	return e
}
