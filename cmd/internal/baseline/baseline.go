// Package baseline keeps the findings that a code base had when goconclint
// came to it, so that only new ones show. The file has a line for each, sorted,
// without line numbers: it changes when findings come or go, and not when
// code moves.
package baseline

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/fingerprint"
)

// Name is where a baseline is unless flags say otherwise.
const Name = ".goconclint.baseline"

const header = `# Findings of goconclint that are known; "goconclint baseline write" writes this file.
# fingerprint	check	file	message
`

// An entry is one line of the file.
type entry struct{ print, check, file, message string }

// A Baseline is a set of known findings.
type Baseline struct{ entries []entry }

// Of returns the baseline of findings. Files are named relative to dir, that
// of the file.
func Of(findings []finding.Finding, dir string) *Baseline {
	b := new(Baseline)
	for _, f := range findings {
		b.entries = append(b.entries, entry{f.Fingerprint, f.Check, name(dir, f.Range.Start.File), fingerprint.Anywhere(f.Message)})
	}
	slices.SortFunc(b.entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.check, b.check), cmp.Compare(a.message, b.message), cmp.Compare(a.print, b.print))
	})
	return b
}

func name(dir, file string) string {
	if rel, err := filepath.Rel(dir, file); err == nil {
		file = rel
	}
	return filepath.ToSlash(file)
}

// Write writes the file.
func (b *Baseline) Write(w io.Writer) error {
	if _, err := io.WriteString(w, header); err != nil {
		return err
	}
	for _, e := range b.entries {
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", e.print, e.check, e.file, e.message); err != nil {
			return err
		}
	}
	return nil
}

// Read reads the file.
func Read(r io.Reader) (*Baseline, error) {
	b := new(Baseline)
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimRight(lines.Text(), "\r")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.SplitN(line, "\t", 4)
		if len(fields) != 4 {
			return nil, fmt.Errorf("line %d is none of a baseline: goconclint baseline write writes it anew", number)
		}
		b.entries = append(b.entries, entry{fields[0], fields[1], fields[2], fields[3]})
	}
	return b, lines.Err()
}

// A Split is what a baseline makes of findings.
type Split struct {
	New   []finding.Finding
	Known int // findings that are in the baseline
	Gone  int // entries of the baseline that no finding answers to
}

// Split tells new findings from known ones.
func (b *Baseline) Split(findings []finding.Finding) Split {
	known := make(map[string]bool)
	for _, e := range b.entries {
		known[e.print] = true
	}
	var s Split
	for _, f := range findings {
		if !known[f.Fingerprint] {
			s.New = append(s.New, f)
			continue
		}
		s.Known++
	}
	s.Gone = len(known) - s.Known
	return s
}

// Len returns how many findings are known.
func (b *Baseline) Len() int { return len(b.entries) }
