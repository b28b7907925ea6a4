package model

import "go/types"

// keepsNothing lists packages whose functions neither keep what they are
// given nor hand it to another goroutine: formatting, text and arithmetic.
var keepsNothing = map[string]bool{
	"bytes": true, "cmp": true, "errors": true, "fmt": true, "hash/crc32": true, "io/fs": true, "log": true,
	"maps": true, "math": true, "math/bits": true, "math/rand": true, "math/rand/v2": true,
	"path": true, "path/filepath": true, "runtime": true, "runtime/pprof": true, "runtime/debug": true,
	"slices": true, "sort": true, "strconv": true, "strings": true, "testing": true, "time": true,
	"unicode": true, "unicode/utf8": true,
}

// KeepsNothing reports whether a library function is known not to keep what
// its arguments refer to after it has returned.
func KeepsNothing(fn *types.Func) bool {
	return fn != nil && fn.Pkg() != nil && (keepsNothing[fn.Pkg().Path()] || Encodes(fn) >= 0)
}
