package model

import (
	"go/types"
	"strings"
)

// synchronous lists packages whose functions call the functions that they
// are given before they return, on the caller's goroutine.
var synchronous = map[string]bool{
	"bytes": true, "io/fs": true, "iter": true, "maps": true, "path/filepath": true, "regexp": true,
	"slices": true, "sort": true, "strings": true, "go/ast": true, "cmp": true, "flag": true,
	"golang.org/x/exp/maps": true, "golang.org/x/exp/slices": true,
}

// synchronousFuncs are such functions of other packages.
var synchronousFuncs = map[string]bool{
	"(sync.Map).Range":                                          true,
	"(testing.common).Run":                                      true,
	"(testing.T).Run":                                           true,
	"(testing.B).Run":                                           true,
	"(go/token.FileSet).Iterate":                                true,
	"(container/ring.Ring).Do":                                  true,
	"golang.org/x/tools/go/ast/astutil.Apply":                   true,
	"(go.etcd.io/bbolt.Bucket).ForEach":                         true,
	"(golang.org/x/tools/go/ast/inspector.Inspector).Preorder":  true,
	"(golang.org/x/tools/go/ast/inspector.Inspector).Nodes":     true,
	"(golang.org/x/tools/go/ast/inspector.Inspector).WithStack": true,
}

// CallsSynchronously reports whether fn calls the functions that it is given
// before it returns and on the caller's goroutine, with nothing locked.
func CallsSynchronously(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	return synchronous[strings.TrimPrefix(fn.Pkg().Path(), "vendor/")] || synchronousFuncs[Key(fn)]
}

// CallsOnce reports whether fn calls the function that it is given at most
// once in the life of its receiver or result, and returns after that call is
// done, whoever makes it.
func CallsOnce(fn *types.Func) bool {
	switch Key(fn) {
	case "(sync.Once).Do", "sync.OnceFunc", "sync.OnceValue", "sync.OnceValues":
		return true
	}
	return false
}

// keepers lists functions that keep the function that they are given, to
// call it later (their documentation).
var keepers = map[string]bool{
	"net/http.HandleFunc":            true,
	"net/http.Handle":                true,
	"(net/http.ServeMux).HandleFunc": true,
	"(net/http.ServeMux).Handle":     true,
	"(testing.common).Cleanup":       true,
	"(testing.TB).Cleanup":           true,
	"expvar.Publish":                 true,
	"runtime.SetFinalizer":           true,
	"runtime.AddCleanup":             true,
}

// KeepsFunc reports whether fn keeps the function that it is given and calls
// it after it has returned.
func KeepsFunc(fn *types.Func) bool { return keepers[Key(fn)] }
