package fix

import (
	"slices"
	"strings"
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

func TestEdits(t *testing.T) {
	for _, test := range []struct {
		old, changed string
		want         int // edits
	}{
		{"a\nb\nc\n", "a\nb\nc\n", 0},
		{"a\nb\nc\n", "a\nx\nc\n", 1},
		{"a\nb\nc\nd\ne\n", "b\nc\nD\ne\n", 2},
		{"a\nb", "a\nb\n", 1},
		{"", "a\n", 1},
		{"a\n", "", 1},
		{"x\nx\ny\nx\nz\n", "x\ny\nx\nx\nz\n", 2},
		{"a\r\nb\r\n", "a\r\nc\r\nb\r\n", 1},
	} {
		edits := Change{Old: []byte(test.old), New: []byte(test.changed)}.Edits()
		if got := applied(test.old, edits); got != test.changed || len(edits) != test.want {
			t.Errorf("%q to %q: %d edits, want %d, make %q", test.old, test.changed, len(edits), test.want, got)
		}
	}
}

func FuzzEdits(f *testing.F) {
	f.Add("a\nb\nc\n", "b\nc\nd")
	f.Fuzz(func(t *testing.T, old, changed string) {
		if got := applied(old, Change{Old: []byte(old), New: []byte(changed)}.Edits()); got != changed {
			t.Errorf("%q to %q made %q", old, changed, got)
		}
	})
}

// applied applies edits, the last one first.
func applied(text string, edits []finding.Edit) string {
	for _, e := range slices.Backward(edits) {
		text = strings.Join([]string{text[:e.Start], e.New, text[e.End:]}, "")
	}
	return text
}
