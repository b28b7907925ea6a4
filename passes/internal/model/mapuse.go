package model

import (
	"go/types"
	"strings"
)

// A MapUse is what a function does to a map that it is given.
type MapUse int

// The uses, from unknown to the strongest.
const (
	MapUnknown MapUse = iota
	MapRead           // looks keys up or goes through them before it returns
	MapWritten        // assigns or deletes
)

// mapWriters are the functions of package maps that change their first
// argument; the others of that package read theirs.
var mapWriters = map[string]bool{
	"maps.Copy": true, "maps.DeleteFunc": true, "maps.Insert": true,
}

// mapPrinters are functions outside fmt and log, encoders aside, that walk through any value
// that they are given.
var mapPrinters = map[string]bool{
	"reflect.DeepEqual":                    true,
	"github.com/google/go-cmp/cmp.Diff":    true,
	"github.com/google/go-cmp/cmp.Equal":   true,
	"(text/template.Template).Execute":     true,
	"(html/template.Template).Execute":     true,
	"github.com/davecgh/go-spew/spew.Dump": true,
}

// mapLoggers are packages whose functions print what they are given, and
// those of testify, which compare it.
var mapLoggers = map[string]bool{
	"fmt": true, "log": true, "testing": true,
	"github.com/stretchr/testify/assert":  true,
	"github.com/stretchr/testify/require": true,
}

// UseOfMap returns what fn does, before it returns, to a map that it is given
// as the argument of the index, receiver not counted.
func UseOfMap(fn *types.Func, index int) MapUse {
	if fn.Pkg() == nil {
		return MapUnknown
	}
	switch path := strings.TrimPrefix(fn.Pkg().Path(), "vendor/"); {
	case path == "maps":
		if index == 0 && mapWriters[Key(fn)] {
			return MapWritten
		}
		return MapRead
	case mapLoggers[path], mapPrinters[Key(fn)], Encodes(fn) >= 0:
		return MapRead
	}
	return MapUnknown
}
