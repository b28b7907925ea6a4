// Package fix applies the fixes that findings carry: planned together, shown
// as a diff or written, to all files or to none.
package fix

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// A Choice is a finding with the one of its fixes that is wanted.
type Choice struct {
	Finding finding.Finding
	Fix     finding.Fix
}

// First chooses the first fix of each finding that has one and that no
// comment silences.
func First(findings []finding.Finding) []Choice {
	var list []Choice
	for _, f := range findings {
		if len(f.Fixes) > 0 && f.Suppressed == "" {
			list = append(list, Choice{f, f.Fixes[0]})
		}
	}
	return list
}

// A Plan is what files become.
type Plan struct {
	Changes   []Change // sorted by file
	Done      []Choice // what is in them
	Conflicts []Conflict
}

// A Change is the new content of one file.
type Change struct {
	File     string
	Old, New []byte
}

// A Conflict is a fix that is left out since another changes the same place.
type Conflict struct{ Left, For Choice }

// Make plans the fixes. Each goes in whole or not at all; of two that change
// the same place the first does. It fails if a file can't be read or isn't
// the one that was analysed.
func Make(choices []Choice) (*Plan, error) { return MakeFrom(choices, os.ReadFile) }

// MakeFrom is Make for files that are read in another way, such as from an
// editor.
func MakeFrom(choices []Choice, read func(name string) ([]byte, error)) (*Plan, error) {
	p := new(Plan)
	files := make(map[string]*edited)
	for _, c := range choices {
		if rival, ok := conflict(files, c); ok {
			p.Conflicts = append(p.Conflicts, Conflict{c, rival})
			continue
		}
		for _, e := range c.Fix.Edits {
			if files[e.File] == nil {
				files[e.File] = new(edited)
			}
			files[e.File].add(e, c)
		}
		p.Done = append(p.Done, c)
	}
	for name, file := range files {
		change, err := file.apply(name, read)
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(change.Old, change.New) {
			p.Changes = append(p.Changes, change)
		}
	}
	slices.SortFunc(p.Changes, func(a, b Change) int { return cmp.Compare(a.File, b.File) })
	return p, nil
}

// An edited is a file with the edits that go into it.
type edited struct {
	edits []finding.Edit
	by    []Choice // by edit
}

func (f *edited) add(e finding.Edit, by Choice) {
	if !slices.Contains(f.edits, e) { // two findings may ask for the same
		f.edits, f.by = append(f.edits, e), append(f.by, by)
	}
}

// conflict returns the fix that stands in the way of another.
func conflict(files map[string]*edited, c Choice) (Choice, bool) {
	for _, e := range c.Fix.Edits {
		file := files[e.File]
		if file == nil {
			continue
		}
		for i, other := range file.edits {
			if e != other && overlap(e, other) {
				return file.by[i], true
			}
		}
	}
	return Choice{}, false
}

// overlap reports whether edits change the same bytes, or insert at the same
// place, where nobody knows which comes first.
func overlap(a, b finding.Edit) bool {
	if a.Start == a.End && b.Start == b.End {
		return a.Start == b.Start
	}
	return a.Start < b.End && b.Start < a.End
}

// apply makes the new content.
func (f *edited) apply(name string, read func(string) ([]byte, error)) (Change, error) {
	old, err := read(name)
	if err != nil {
		return Change{}, err
	}
	slices.SortStableFunc(f.edits, func(a, b finding.Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	windows := bytes.Contains(old, []byte("\r\n"))
	var out bytes.Buffer
	at := 0
	for _, e := range f.edits {
		if e.Sum != "" && e.Sum != sum(old) || e.Start < at || e.End < e.Start || e.End > len(old) {
			return Change{}, fmt.Errorf("%s has changed since it was analysed: nothing is fixed, run again", name)
		}
		out.Write(old[at:e.Start])
		if windows {
			out.WriteString(withCR(e.New))
		} else {
			out.WriteString(e.New)
		}
		at = e.End
	}
	out.Write(old[at:])
	return Change{File: name, Old: old, New: tidied(old, out.Bytes())}, nil
}

func sum(content []byte) string {
	hash := sha256.Sum256(content)
	return hex.EncodeToString(hash[:])
}
