package model

import (
	"go/types"
	"strings"
)

// settles lists functions of one operand, the first, that change nothing
// when they are called again on what they returned: spelling in lower case,
// trimming, cleaning. TrimPrefix and the like are among them since text
// seldom carries its prefix twice.
var settles = map[string]bool{
	"strings.ToLower": true, "strings.ToUpper": true, "strings.Title": true, "strings.ToTitle": true,
	"strings.TrimSpace": true, "strings.Trim": true, "strings.TrimLeft": true, "strings.TrimRight": true,
	"strings.TrimPrefix": true, "strings.TrimSuffix": true, "strings.TrimFunc": true, "strings.ReplaceAll": true,
	"strings.Replace": true, "strings.ToValidUTF8": true, "strings.Map": true,
	"path.Clean": true, "path.Base": true,
	"path/filepath.Clean": true, "path/filepath.Base": true, "path/filepath.ToSlash": true, "path/filepath.FromSlash": true,
	"path/filepath.Abs": true, "path/filepath.EvalSymlinks": true,
	"net/http.CanonicalHeaderKey": true, "net/textproto.CanonicalMIMEHeaderKey": true,
}

// Settles reports whether a second call of fn on its own result changes
// nothing.
func Settles(fn *types.Func) bool { return settles[Key(fn)] }

// makesAnother lists functions whose results, made of a key, are other keys.
var makesAnother = map[string]bool{
	"fmt.Sprintf": true, "fmt.Sprint": true,
	"path.Dir": true, "path.Join": true, "path/filepath.Dir": true, "path/filepath.Join": true,
	"strings.Repeat": true,
}

// steps holds the names of functions that go from something to its neighbour.
var steps = map[string]bool{
	"parent": true, "next": true, "prev": true, "previous": true, "outer": true, "super": true,
	"successor": true, "predecessor": true, "dir": true, "child": true, "neighbor": true, "neighbour": true,
}

// MakesAnother reports whether fn makes another key out of the one that it is
// given, and yet another out of that: it adds to it, or steps to a neighbour,
// as its name says.
func MakesAnother(fn *types.Func) bool {
	name := strings.TrimSuffix(strings.ToLower(fn.Name()), "of")
	return makesAnother[Key(fn)] || steps[name]
}

// Logs reports whether fn only tells people what it is given.
func Logs(fn *types.Func) bool {
	if fn.Pkg() != nil && fn.Pkg().Path() == "fmt" {
		return false // Fprintf writes
	}
	return Reports(fn.Name())
}
