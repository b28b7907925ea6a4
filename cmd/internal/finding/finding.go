// Package finding is the record that travels from the driver to the outputs:
// a diagnostic with its positions resolved, which knows neither syntax trees
// nor go/analysis.
package finding

import (
	"cmp"
	"slices"
)

// A Position is a place in a source file.
type Position struct {
	File   string // absolute path
	Offset int    // in bytes, from 0; -1 if unknown
	Line   int    // from 1
	Column int    // in bytes, from 1; 0 if unknown, as behind //line comments without one
}

// A Range is where something stands. End is the zero Position if unknown.
type Range struct{ Start, End Position }

// A Finding is one report of one check.
type Finding struct {
	Check      string // the check's name
	Kind       string // sub-kind of the check, "" for none
	Message    string
	URL        string
	Package    string // import path of the package
	Range      Range
	Related    []Related // other places, in the order in which it happens
	Fixes      []Fix
	Low        bool   // below the confidence that is shown by default
	Suppressed string // reason of the comment that silences it, "" for none

	// The driver leaves these to the command.
	Severity    Severity
	Fingerprint string // the same after lines were inserted above
}

// A Related is another place that belongs to the finding.
type Related struct {
	Range   Range
	Message string
}

// A Fix is a change that would remove the finding.
type Fix struct {
	Message string
	Edits   []Edit
}

// An Edit replaces the bytes of one file from Start to End.
type Edit struct {
	File       string // absolute path
	Start, End int    // byte offsets
	New        string
	Sum        string // SHA-256 of the file that it was made for, in hex; "" if unknown
}

// A Problem is something that could not be analysed.
type Problem struct {
	Range    Range  // zero if the problem has no position
	Package  string // import path, "" if unknown
	Message  string // one line
	Internal bool   // a fault of goconclint rather than of the code
	Detail   string // stack or dump, shown with -debug
}

// Sort orders findings by position, then check, then message, and removes
// those that are said twice, as when a file belongs to two packages.
func Sort(findings []Finding) []Finding {
	slices.SortStableFunc(findings, compare)
	return slices.CompactFunc(findings, func(a, b Finding) bool { return compare(a, b) == 0 })
}

func compare(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Range.Start.File, b.Range.Start.File),
		cmp.Compare(a.Range.Start.Line, b.Range.Start.Line),
		cmp.Compare(a.Range.Start.Column, b.Range.Start.Column),
		cmp.Compare(a.Check, b.Check),
		cmp.Compare(a.Message, b.Message),
	)
}

// SortProblems orders problems by position, those without one in front, and
// removes what is said twice, as when a file belongs to several variants of
// a package.
func SortProblems(list []Problem) []Problem {
	slices.SortStableFunc(list, func(a, b Problem) int {
		return cmp.Or(compareProblems(a, b), cmp.Compare(a.Package, b.Package))
	})
	return slices.CompactFunc(list, func(a, b Problem) bool { return compareProblems(a, b) == 0 })
}

func compareProblems(a, b Problem) int {
	x, y := a.Range.Start, b.Range.Start
	return cmp.Or(
		cmp.Compare(x.File, y.File),
		cmp.Compare(x.Line, y.Line),
		cmp.Compare(x.Column, y.Column),
		cmp.Compare(a.Message, b.Message),
	)
}
