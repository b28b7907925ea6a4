// Package source reads the files that findings speak of, each once: their
// lines for excerpts, the functions that enclose a line for fingerprints and
// names of goroutines, and columns as other formats count them.
package source

import (
	"bytes"
	"os"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// Files is a cache of file contents as they are on disk. A file that can't be
// read has no lines: a generated one may be gone since it was analysed. The
// zero value is ready to use.
type Files struct {
	Overlay map[string][]byte // contents by path, in place of the disk's

	mu    sync.Mutex
	files map[string]*file
}

type file struct {
	content   []byte
	lines     [][]byte // without their ends, but for a CR
	outline   sync.Once
	functions []function
}

func (f *Files) get(name string) *file {
	f.mu.Lock()
	defer f.mu.Unlock()
	if found := f.files[name]; found != nil {
		return found
	}
	if f.files == nil {
		f.files = make(map[string]*file)
	}
	made := new(file)
	if content, err := f.read(name); err == nil {
		made.content = content
		made.lines = bytes.Split(content, []byte("\n"))
	}
	f.files[name] = made
	return made
}

func (f *Files) read(name string) ([]byte, error) {
	if content, ok := f.Overlay[name]; ok {
		return content, nil
	}
	return os.ReadFile(name)
}

// Line returns a line, numbered from 1, without its end.
func (f *Files) Line(name string, number int) (string, bool) {
	lines := f.get(name).lines
	if number < 1 || number > len(lines) {
		return "", false
	}
	return strings.TrimRight(string(lines[number-1]), "\r"), true
}

// Position returns the position of a byte offset, as go/token counts.
func (f *Files) Position(name string, offset int) (finding.Position, bool) {
	content := f.get(name).content
	if offset < 0 || offset > len(content) || content == nil {
		return finding.Position{}, false
	}
	before := content[:offset]
	return finding.Position{
		File:   name,
		Offset: offset,
		Line:   1 + bytes.Count(before, []byte("\n")),
		Column: offset - bytes.LastIndexByte(before, '\n'),
	}, true
}

// Text returns the bytes of a file between two offsets.
func (f *Files) Text(name string, start, end int) (string, bool) {
	content := f.get(name).content
	if start < 0 || end < start || end > len(content) {
		return "", false
	}
	return string(content[start:end]), true
}

// Column16 returns the column of a position in UTF-16 code units, as SARIF
// and editors count, or that in bytes if the line can't be read.
func (f *Files) Column16(at finding.Position) int {
	line, ok := f.Line(at.File, at.Line)
	if !ok || at.Column < 1 || at.Column-1 > len(line) {
		return at.Column
	}
	units := 1
	for _, r := range line[:at.Column-1] {
		units++
		if r >= 1<<16 && r != utf8.RuneError {
			units++ // a surrogate pair
		}
	}
	return units
}
