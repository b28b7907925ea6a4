package model

import "go/types"

// arranges lists functions that order, search or pick elements of a slice by
// functions of the caller's, and neither change, compare nor keep what the
// elements point to (their documentation).
var arranges = map[string]bool{
	"sort.Slice":              true,
	"sort.SliceStable":        true,
	"sort.SliceIsSorted":      true,
	"sort.Sort":               true,
	"sort.Stable":             true,
	"sort.IsSorted":           true,
	"sort.Search":             true,
	"slices.SortFunc":         true,
	"slices.SortStableFunc":   true,
	"slices.IsSortedFunc":     true,
	"slices.BinarySearchFunc": true,
	"slices.IndexFunc":        true,
	"slices.ContainsFunc":     true,
	"slices.DeleteFunc":       true,
	"slices.MaxFunc":          true,
	"slices.MinFunc":          true,
	"slices.Reverse":          true,
	"slices.Grow":             true,
	"slices.Clip":             true,
}

// Arranges reports whether fn only orders, searches or picks the elements of
// a slice that it is given.
func Arranges(fn *types.Func) bool { return arranges[Key(fn)] }
