package render

import (
	"os"
	"path/filepath"
	"strings"
)

// Sources reads files of code, each once.
type Sources struct {
	dir     string // names of files below it are shown relative to it
	overlay map[string][]byte
	lines   map[string][]string
}

// NewSources returns the files as they are on disk, except for those with
// contents in overlay, by absolute name. Names are shown relative to dir.
func NewSources(dir string, overlay map[string][]byte) *Sources {
	return &Sources{dir, overlay, make(map[string][]string)}
}

// Line returns the text of a line, from 1, and "" if there is none.
func (s *Sources) Line(file string, n int) string {
	lines := s.Lines(file)
	if n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}

// Lines returns the lines of a file without their ends, and nil if it cannot be
// read, as it is with names from line directives.
func (s *Sources) Lines(file string) []string {
	lines, ok := s.lines[file]
	if !ok {
		text, err := s.Read(file)
		if err == nil {
			for line := range strings.Lines(string(text)) {
				lines = append(lines, strings.TrimRight(line, "\r\n"))
			}
		}
		s.lines[file] = lines
	}
	return lines
}

// Read returns the contents of a file.
func (s *Sources) Read(file string) ([]byte, error) {
	if text, ok := s.overlay[file]; ok {
		return text, nil
	}
	return os.ReadFile(file)
}

// Short returns the name of a file below the directory of the sources relative
// to it, and other names as they are.
func (s *Sources) Short(file string) string {
	if rel, err := filepath.Rel(s.dir, file); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return file
}

// Dir returns the directory that names are relative to.
func (s *Sources) Dir() string { return s.dir }
