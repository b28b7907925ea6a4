package model

import (
	"go/types"
	"strings"
)

// standard holds the first elements of the import paths of Go's standard
// library. "internal" and "vendor" are what only it imports.
var standard = map[string]bool{
	"archive": true, "bufio": true, "bytes": true, "cmp": true, "compress": true, "container": true,
	"context": true, "crypto": true, "database": true, "debug": true, "embed": true, "encoding": true,
	"errors": true, "expvar": true, "flag": true, "fmt": true, "go": true, "hash": true, "html": true,
	"image": true, "index": true, "internal": true, "io": true, "iter": true, "log": true, "maps": true, "math": true,
	"mime": true, "net": true, "os": true, "path": true, "plugin": true, "reflect": true, "regexp": true,
	"runtime": true, "slices": true, "sort": true, "strconv": true, "strings": true, "structs": true,
	"sync": true, "syscall": true, "testing": true, "text": true, "time": true, "unicode": true,
	"unique": true, "unsafe": true, "vendor": true, "weak": true,
}

// IsStandard reports whether a package belongs to Go's standard library; a
// nil package is that of the predeclared error.
func IsStandard(pkg *types.Package) bool {
	if pkg == nil {
		return true
	}
	first, _, _ := strings.Cut(pkg.Path(), "/")
	return standard[first]
}

// IsTimer reports whether a type is that of timers or tickers.
func IsTimer(t types.Type) bool {
	named := ReceiverNamed(t)
	if named == nil || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "time" {
		return false
	}
	return named.Obj().Name() == "Timer" || named.Obj().Name() == "Ticker"
}
