package output

import (
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/source"
)

// TestSuggestion holds that a fix of several edits is one suggestion: each of
// several could be taken without the others.
func TestSuggestion(t *testing.T) {
	const name, text = "/m/a.go", "package m\n\nfunc f() {\n\tmu.Lock()\n\tn++\n}\n"
	r := Report{Files: &source.Files{Overlay: map[string][]byte{name: []byte(text)}}}
	f := finding.Finding{
		Range: finding.Range{Start: finding.Position{File: name, Line: 4, Column: 2}},
		Fixes: []finding.Fix{{Edits: []finding.Edit{
			{File: name, Start: 38, End: 38, New: "\tmu.Unlock()\n"}, // behind n++
			{File: name, Start: 23, End: 25, New: "lock"},            // mu
		}}},
	}
	list := suggestions(f, r)
	if len(list) != 1 {
		t.Fatalf("%d suggestions", len(list))
	}
	got := list[0]
	if want := "lock.Lock()\n\tn++\n\tmu.Unlock()\n"; got.Text != want {
		t.Errorf("text %q, want %q", got.Text, want)
	}
	if got.Range.Start != (rdPosition{4, 2}) || *got.Range.End != (rdPosition{6, 1}) {
		t.Errorf("from %v to %v", got.Range.Start, *got.Range.End)
	}

	f.Fixes[0].Edits[0].File = "/m/b.go"
	if list := suggestions(f, r); list != nil {
		t.Errorf("a fix of two files is suggested as %v", list)
	}
}
