// Package model is the one table of what library functions mean to a
// concurrency analysis: what never returns, synchronises, spawns, blocks or
// must not be shared. Engines and checks read it; nobody keeps a list of
// their own. Bodies of the standard library are never analysed: what isn't
// in the table is unknown, and unknown means silence.
//
// Each file is one kind of knowledge and names its source.
package model

import (
	"go/types"
	"strings"
)

// Key returns the name under which the table knows a function:
// "pkg/path.Func", or "(pkg/path.Type).Method" whether or not the receiver
// is a pointer, or "(pkg/path.Iface).Method". It is "" for functions without
// a package, such as error.Error. Vendored copies of the standard library's
// dependencies go by their own path.
func Key(fn *types.Func) string {
	if fn == nil || fn.Pkg() == nil {
		return ""
	}
	fn = fn.Origin()
	path := strings.TrimPrefix(fn.Pkg().Path(), "vendor/")
	recv := fn.Signature().Recv()
	if recv == nil {
		return path + "." + fn.Name()
	}
	named := ReceiverNamed(recv.Type())
	if named == nil {
		return ""
	}
	return "(" + path + "." + named.Obj().Name() + ")." + fn.Name()
}

// ReceiverNamed returns the named type of a receiver, pointer taken off, or
// nil for the receiver of an anonymous interface's method.
func ReceiverNamed(t types.Type) *types.Named {
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		t = pointer.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}
