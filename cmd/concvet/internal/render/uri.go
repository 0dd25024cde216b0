package render

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// uris makes URIs of file names, those in the repository relative to its root,
// as GitHub wants them.
type uris struct {
	dir  string // the root
	root string // the URI of it
}

// newURIs takes for the repository what has a .git at or above dir, and dir if
// there is none.
func newURIs(dir string) uris {
	root := dir
	for d := dir; ; {
		if _, err := os.Stat(filepath.Join(d, ".git")); err == nil {
			root = d
			break
		}
		parent := filepath.Dir(d)
		if parent == d {
			break
		}
		d = parent
	}
	return uris{root, FileURI(root) + "/"}
}

// FileURI returns the URI of a file.
func FileURI(name string) string {
	path := filepath.ToSlash(name)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: strings.TrimSuffix(path, "/")}).String()
}

func (u uris) artifact(file string) sarifArtifact {
	if name := u.short(file); name != filepath.ToSlash(file) {
		return sarifArtifact{URI: (&url.URL{Path: name}).EscapedPath(), URIBaseID: sarifRoot}
	}
	return sarifArtifact{URI: FileURI(file)}
}

// short returns the name of a file in the repository relative to its root, and
// other names as they are, all with slashes.
func (u uris) short(file string) string {
	if rel, err := filepath.Rel(u.dir, file); err == nil && filepath.IsLocal(rel) {
		file = rel
	}
	return filepath.ToSlash(file)
}

// UTF16Column converts a column that counts bytes, from 1, to one that counts
// UTF-16 code units.
func UTF16Column(line string, col int) int {
	n := 1
	for _, r := range line[:min(max(col-1, 0), len(line))] {
		n++
		if r >= 0x10000 {
			n++
		}
	}
	return n
}

// UTF16Position converts an offset to a line and a column.
func UTF16Position(text []byte, offset int) (line, col int) {
	start := bytes.LastIndexByte(text[:offset], '\n') + 1
	rest := text[start:]
	if !utf8.Valid(rest) {
		return bytes.Count(text[:start], []byte{'\n'}) + 1, offset - start + 1
	}
	return bytes.Count(text[:start], []byte{'\n'}) + 1, UTF16Column(string(rest[:offset-start]), offset-start+1)
}
