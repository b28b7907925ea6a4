package model

import (
	"go/types"
	"strings"
)

// A SliceEffect is what a library function does with the elements of the
// slices that it is given.
type SliceEffect uint8

// The effects.
const (
	Untouched SliceEffect = iota
	Read
	Written
)

// OnSlices returns the effect of a function on its slices: by the contracts
// of package io, whoever implements them, and by package.
func OnSlices(fn *types.Func) SliceEffect {
	switch fn.Name() {
	case "Read", "ReadAt", "ReadFull", "ReadAtLeast", "ReadFrom", "ReadFromUDP", "ReadMsgUDP":
		return Written
	case "Write", "WriteAt", "WriteTo":
		return Read
	}
	if fn.Pkg() == nil {
		return Untouched
	}
	switch path := fn.Pkg().Path(); path {
	case "sort":
		if !strings.HasPrefix(fn.Name(), "Search") && !strings.HasSuffix(fn.Name(), "AreSorted") && !strings.Contains(fn.Name(), "IsSorted") {
			return Written
		}
		return Read
	case "slices":
		for _, prefix := range []string{"Sort", "Reverse"} {
			if strings.HasPrefix(fn.Name(), prefix) {
				return Written
			}
		}
		return Read
	case "bytes", "hash/crc32", "hash/crc64", "crypto/sha256", "crypto/sha1", "crypto/md5", "encoding/hex", "encoding/base64", "encoding/json", "strings", "unicode/utf8":
		return Read
	}
	return Untouched
}

// edits lists functions that overwrite elements of the slice that is their
// first argument (their documentation).
var edits = map[string]bool{
	"sort.Slice": true, "sort.SliceStable": true, "sort.Sort": true, "sort.Stable": true,
	"sort.Ints": true, "sort.Float64s": true, "sort.Strings": true,
	"slices.Sort": true, "slices.SortFunc": true, "slices.SortStableFunc": true, "slices.Reverse": true,
	"slices.Delete": true, "slices.DeleteFunc": true, "slices.Insert": true, "slices.Replace": true,
	"slices.Compact": true, "slices.CompactFunc": true,
}

// selections lists functions that return a list, or an iterator, of elements of
// their first argument (their documentation).
var selections = map[string]bool{
	"slices.Clone": true, "slices.Clip": true, "slices.Grow": true,
	"slices.Values": true, "slices.Collect": true,
	"slices.Sorted": true, "slices.SortedFunc": true, "slices.SortedStableFunc": true,
	"slices.Delete": true, "slices.DeleteFunc": true, "slices.Compact": true, "slices.CompactFunc": true,
	"maps.Values": true, "maps.Clone": true,
}

// Selects reports whether what fn returns holds elements of its first argument
// and no others.
func Selects(fn *types.Func) bool { return selections[Key(fn)] }

// EditsSlice reports whether fn overwrites elements of the slice that is its
// first argument.
func EditsSlice(fn *types.Func) bool { return edits[Key(fn)] }
