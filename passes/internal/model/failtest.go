package model

import (
	"go/types"
	"strings"
)

// FailsTest reports whether fn marks a test as failed and returns: what the
// test leaves undone then matters to nobody.
func FailsTest(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Pkg().Path() == "testing" && (strings.HasPrefix(fn.Name(), "Error") || fn.Name() == "Fail")
}
