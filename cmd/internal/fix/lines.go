package fix

import (
	"slices"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// Edits returns the change as edits of whole lines, so small that an editor
// keeps what it knows of the others: marks, folds, the cursor.
func (c Change) Edits() []finding.Edit {
	d := differ{file: c.File, sum: sum(c.Old)}
	d.compare(lines(c.Old), lines(c.New), 0)
	return d.edits
}

func lines(content []byte) []string {
	return slices.Collect(strings.Lines(string(content)))
}

// A differ collects edits.
type differ struct {
	file, sum string
	edits     []finding.Edit
}

// compare adds the edits that make the old lines, which begin at a byte of
// the file, into the new ones: what both begin and end with stays, then the
// longest run of lines that both have in between, and so on.
func (d *differ) compare(old, changed []string, at int) {
	for len(old) > 0 && len(changed) > 0 && old[0] == changed[0] {
		at += len(old[0])
		old, changed = old[1:], changed[1:]
	}
	for len(old) > 0 && len(changed) > 0 && old[len(old)-1] == changed[len(changed)-1] {
		old, changed = old[:len(old)-1], changed[:len(changed)-1]
	}
	if len(old)+len(changed) == 0 {
		return
	}
	i, j, n := longestRun(old, changed)
	if n == 0 {
		replaced := strings.Join(old, "")
		d.edits = append(d.edits, finding.Edit{
			File: d.file, Start: at, End: at + len(replaced), New: strings.Join(changed, ""), Sum: d.sum,
		})
		return
	}
	d.compare(old[:i], changed[:j], at)
	d.compare(old[i+n:], changed[j+n:], at+len(strings.Join(old[:i+n], "")))
}

// enough bounds the work: beyond it one edit replaces all.
const enough = 4 << 20

// longestRun returns where the longest run of lines stands that two lists
// have in common, and its length.
func longestRun(a, b []string) (inA, inB, length int) {
	if len(a)*len(b) > enough {
		return 0, 0, 0
	}
	ending := make([]int, len(b)+1) // length of the run that ends before a line of b, and at one of a
	for i := range a {
		diagonal := 0
		for j := range b {
			above := ending[j+1]
			ending[j+1] = 0
			if a[i] == b[j] {
				ending[j+1] = diagonal + 1
			}
			if n := ending[j+1]; n > length {
				inA, inB, length = i+1-n, j+1-n, n
			}
			diagonal = above
		}
	}
	return inA, inB, length
}
