package lsp

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// request returns the answer to a request.
func (s *server) request(m *message) (any, error) {
	switch {
	case m.Method == "initialize":
		if s.phase != starting {
			return nil, &rpcError{codeInvalidRequest, "initialized already"}
		}
		return s.initialize(m)
	case s.phase == starting:
		return nil, &rpcError{codeNotInitialized, "not initialized"}
	case s.phase == shutDown:
		return nil, &rpcError{codeInvalidRequest, "shut down"}
	}
	switch m.Method {
	case "shutdown":
		s.phase = shutDown
		for _, sp := range s.spaces {
			sp.stop()
		}
		return nil, nil
	case "textDocument/codeAction":
		p, err := decode[documentParams](m)
		if err != nil {
			return nil, err
		}
		return s.codeActions(fileOf(p.TextDocument.URI), p.Range, p.Context.Only), nil
	case "textDocument/hover":
		p, err := decode[documentParams](m)
		if err != nil {
			return nil, err
		}
		if h := s.hover(fileOf(p.TextDocument.URI), p.Position); h != nil {
			return h, nil
		}
		return nil, nil
	}
	return nil, &rpcError{codeNoMethod, "no method " + m.Method}
}

func (s *server) initialize(m *message) (any, error) {
	p, err := decode[initializeParams](m)
	if err != nil {
		return nil, err
	}
	s.client, s.phase = p, running
	for _, f := range p.Folders {
		s.addFolder(f.URI)
	}
	if len(p.Folders) == 0 {
		s.addFolder(p.RootURI)
	}
	goFiles := map[string]any{"filters": []any{map[string]any{"scheme": "file", "pattern": map[string]any{"glob": "**/*.go"}}}}
	return map[string]any{
		"serverInfo": map[string]any{"name": "concvet"},
		"capabilities": map[string]any{
			"textDocumentSync":   map[string]any{"openClose": true, "change": 1, "save": map[string]any{}},
			"hoverProvider":      true,
			"codeActionProvider": map[string]any{"codeActionKinds": []string{quickFix, fixAll}},
			"workspace": map[string]any{
				"workspaceFolders": map[string]any{"supported": true, "changeNotifications": true},
				"fileOperations":   map[string]any{"didCreate": goFiles, "didRename": goFiles, "didDelete": goFiles},
			},
		},
	}, nil
}

func (s *server) addFolder(uri string) {
	if dir := fileOf(uri); dir != "" && !slices.Contains(s.folders, dir) {
		s.folders = append(s.folders, dir)
	}
}

// notified deals with a notification. Those that are not known need no answer.
func (s *server) notified(m *message) error {
	if s.phase != running {
		return nil
	}
	switch m.Method {
	case "initialized":
		s.watch()
	case "textDocument/didOpen", "textDocument/didChange", "textDocument/didSave", "textDocument/didClose":
		p, err := decode[documentParams](m)
		if err != nil {
			return err
		}
		if file := fileOf(p.TextDocument.URI); strings.HasSuffix(file, ".go") {
			return s.documentEvent(m.Method, file, &p)
		}
	case "workspace/didChangeWorkspaceFolders":
		p, err := decode[foldersParams](m)
		if err != nil {
			return err
		}
		s.changeFolders(&p)
	case "workspace/didChangeWatchedFiles", "workspace/didDeleteFiles", "workspace/didCreateFiles", "workspace/didRenameFiles":
		p, err := decode[filesParams](m)
		if err != nil {
			return err
		}
		s.filesChanged(&p)
	case "window/workDoneProgress/cancel":
		p, err := decode[struct{ Token string }](m)
		if err != nil {
			return err
		}
		if sp := s.tokens[p.Token]; sp != nil {
			sp.stop()
		}
	}
	return nil
}

// watch asks the editor to tell of files that change on disk.
func (s *server) watch() {
	if !s.client.Capabilities.Workspace.Watched.Dynamic {
		return
	}
	var watchers []any
	for _, glob := range []string{"**/*.go", "**/go.mod", "**/go.work"} {
		watchers = append(watchers, map[string]any{"globPattern": glob})
	}
	s.call("client/registerCapability", map[string]any{"registrations": []any{map[string]any{
		"id":              "concvet-files",
		"method":          "workspace/didChangeWatchedFiles",
		"registerOptions": map[string]any{"watchers": watchers},
	}}}, nil)
}

func (s *server) documentEvent(method, file string, p *documentParams) error {
	dir, doc := filepath.Dir(file), s.docs[file]
	if doc == nil && method != "textDocument/didOpen" {
		return &rpcError{codeInvalidParams, file + " is not open"}
	}
	switch method {
	case "textDocument/didOpen":
		s.docs[file] = &document{uri: p.TextDocument.URI, text: p.TextDocument.Text, version: p.TextDocument.Version}
		if !s.inFolders(dir) {
			s.log(dir + " is not below a folder of the workspace, and so not analysed")
		}
		s.schedule(dir, soon, false)
	case "textDocument/didChange":
		for _, c := range p.Changes {
			if c.Range != nil {
				return &rpcError{codeInvalidParams, "changes of parts were not asked for"}
			}
			doc.text = c.Text
		}
		doc.version, doc.gone = p.TextDocument.Version, false
		s.schedule(dir, s.opts.delay, true)
	case "textDocument/didSave":
		if doc.gone || !s.analysed(file) {
			s.schedule(dir, soon, false)
		}
		doc.gone = false
	case "textDocument/didClose":
		delete(s.docs, file)
		if s.isOpen(dir) {
			s.schedule(dir, soon, false)
		} else {
			s.forget(dir)
		}
	}
	return nil
}

// analysed reports whether the package of an open file was analysed, or is being
// analysed, with the text that the file has. What else may have changed on disk
// an editor tells if it watches files; if not, whoever saves wants us to look.
func (s *server) analysed(file string) bool {
	if !s.client.Capabilities.Workspace.Watched.Dynamic {
		return false
	}
	dir, version := filepath.Dir(file), s.docs[file].version
	if sp := s.spaceOf(dir); sp.cancel != nil {
		v, ok := sp.versions[file]
		return ok && v == version
	}
	r := s.results[dir]
	if r == nil || r.stale {
		return false
	}
	v, ok := r.versions[file]
	return ok && v == version
}

func (s *server) changeFolders(p *foldersParams) {
	for _, f := range p.Event.Added {
		s.addFolder(f.URI)
	}
	for _, f := range p.Event.Removed {
		dir := fileOf(f.URI)
		s.folders = slices.DeleteFunc(s.folders, func(d string) bool { return d == dir })
	}
	s.again(func(string) bool { return true })
	for dir := range s.results {
		if !s.inFolders(dir) {
			s.forget(dir)
		}
	}
}

// filesChanged deals with files that were made, changed or removed on disk, by
// the editor or by others.
func (s *server) filesChanged(p *filesParams) {
	var files []string
	for _, c := range p.Changes {
		files = append(files, fileOf(c.URI))
	}
	for _, f := range p.Files {
		files = append(files, fileOf(f.URI), fileOf(f.OldURI), fileOf(f.NewURI))
	}
	dirs, all := make(map[string]bool), false
	for _, file := range files {
		if doc := s.docs[file]; doc != nil {
			_, err := os.Stat(file)
			doc.gone = os.IsNotExist(err)
		}
		dirs[filepath.Dir(file)] = true
		all = all || file != "" && !strings.HasSuffix(file, ".go") // go.mod, go.work or a directory
	}
	s.again(func(dir string) bool { return all || dirs[dir] })
}

// again schedules the directories of open files that are wanted.
func (s *server) again(want func(dir string) bool) {
	for file := range s.docs {
		if dir := filepath.Dir(file); want(dir) {
			s.schedule(dir, s.opts.delay, false)
		}
	}
}

// isOpen reports whether a file of a directory is open.
func (s *server) isOpen(dir string) bool {
	for file := range s.docs {
		if filepath.Dir(file) == dir {
			return true
		}
	}
	return false
}

// inFolders reports whether a directory belongs to the workspace. What users
// look at elsewhere, in the standard library for example, is not theirs.
func (s *server) inFolders(dir string) bool {
	return len(s.folders) == 0 || slices.ContainsFunc(s.folders, func(folder string) bool {
		rel, err := filepath.Rel(folder, dir)
		return err == nil && filepath.IsLocal(rel)
	})
}
