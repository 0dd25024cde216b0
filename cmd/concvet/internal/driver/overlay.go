package driver

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/concvet/concvet/cmd/concvet/internal/finding"
)

// An overlay tells the go command of files with other contents. In what comes
// back files have the names of their replacements.
type overlay struct {
	dir  string            // temporary, or empty
	real map[string]string // replacement → original
}

// newOverlay makes the overlay of c and adds the flag for it. If the flags have
// one already, only its names are of interest.
func newOverlay(c *Config) (*overlay, error) {
	o := &overlay{real: make(map[string]string)}
	for _, flag := range c.BuildFlags {
		if file, ok := strings.CutPrefix(flag, "-overlay="); ok {
			return o, o.read(c.Dir, file)
		}
	}
	if len(c.Overlay) == 0 {
		return o, nil
	}
	var err error
	if o.dir, err = os.MkdirTemp("", overlayPrefix); err != nil {
		return nil, err
	}
	file, err := o.write(c.Overlay)
	if err != nil {
		o.remove()
		return nil, err
	}
	c.BuildFlags = append(slices.Clip(c.BuildFlags), "-overlay="+file)
	return o, nil
}

// jsonOverlay is the form of the file that the go command reads.
type jsonOverlay struct {
	Replace map[string]string // original → replacement, or nothing for a file to be left out
}

// read takes the names from an overlay file.
func (o *overlay) read(dir, file string) error {
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var j jsonOverlay
	if err := json.Unmarshal(text, &j); err != nil {
		return fmt.Errorf("overlay %s: %w", file, err)
	}
	for original, replacement := range j.Replace {
		if replacement == "" {
			continue
		}
		from, err1 := filepath.Abs(filepath.Join(dir, replacement))
		to, err2 := filepath.Abs(filepath.Join(dir, original))
		if filepath.IsAbs(replacement) {
			from = replacement
		}
		if filepath.IsAbs(original) {
			to = original
		}
		if err1 == nil && err2 == nil {
			o.real[from] = to
		}
	}
	return nil
}

// write writes the files of an overlay. Each keeps its whole name, below the
// directory of the overlay. The last part matters to the go command: _test.go,
// for example. The rest tells which file it stood for when the overlay is gone
// and the go command takes the findings from its cache, because some file has
// the contents that another run has seen in an overlay.
func (o *overlay) write(contents map[string][]byte) (string, error) {
	j := jsonOverlay{Replace: make(map[string]string)}
	for original, text := range contents {
		replacement := filepath.Join(o.dir, strings.TrimPrefix(original, filepath.VolumeName(original)))
		if err := os.MkdirAll(filepath.Dir(replacement), 0o700); err != nil {
			return "", err
		}
		if err := os.WriteFile(replacement, text, 0o600); err != nil {
			return "", err
		}
		j.Replace[original] = replacement
		o.real[replacement] = original
	}
	text, err := json.Marshal(j)
	if err != nil {
		return "", err
	}
	file := filepath.Join(o.dir, "overlay.json")
	return file, os.WriteFile(file, text, 0o600)
}

func (o *overlay) remove() {
	if o != nil && o.dir != "" {
		_ = os.RemoveAll(o.dir)
	}
}

// original returns the name of the file that the named one stands for.
func (o *overlay) original(file string) string {
	if name, ok := o.real[file]; ok {
		return name
	}
	if m := inOverlay().FindStringSubmatch(file); m != nil {
		return m[1]
	}
	return file
}

const overlayPrefix = "concvet-overlay-"

// inOverlay matches names of files in overlays.
var inOverlay = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[/\\]` + overlayPrefix + `[0-9]+([/\\].*)$`) })

// restore puts the names of the original files into a finding.
func (o *overlay) restore(f *finding.Finding) {
	position := func(p *finding.Position) { p.File = o.original(p.File) }
	position(&f.Pos)
	position(&f.End)
	for i := range f.Steps {
		position(&f.Steps[i].At)
		position(&f.Steps[i].End)
	}
	for i := range f.Fixes {
		for j := range f.Fixes[i].Edits {
			e := &f.Fixes[i].Edits[j]
			e.File = o.original(e.File)
		}
	}
}
