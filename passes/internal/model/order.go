package model

import (
	"go/ast"
	"go/types"
	"strings"
)

// MapIterator reports whether fn returns an iterator over its argument, a map,
// in the map's order.
func MapIterator(fn *types.Func) bool {
	switch Key(fn) {
	case "maps.Keys", "maps.Values", "maps.All":
		return true
	}
	return false
}

// ListsMap reports whether fn returns a list of its argument's keys or
// values in the map's order.
func ListsMap(fn *types.Func) bool {
	switch Key(fn) {
	case "golang.org/x/exp/maps.Keys", "golang.org/x/exp/maps.Values", "github.com/samber/lo.Keys", "github.com/samber/lo.Values":
		return true
	}
	return false
}

// Sorts reports whether a function of this name, with that of its package or
// receiver, brings the list that it is given into an order.
func Sorts(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "sort") || strings.Contains(name, "shuffle") || strings.HasSuffix(name, ".elementsmatch")
}

// written are words for what happens to what is written.
const (
	writes  = "the output is written"
	hashes  = "the hash is computed"
	encodes = "the values are encoded"
)

// WritesTo returns what a call writes to, nil for standard output, and what
// that means, or "" for a call that writes nothing in order: functions of fmt,
// writers, builders, hashes, encoders. Standard error doesn't count.
func WritesTo(info *types.Info, fn *types.Func, call *ast.CallExpr) (to ast.Expr, what string) {
	switch key := Key(fn); {
	case strings.HasPrefix(key, "fmt.Fprint") || key == "io.WriteString":
		if sel, ok := ast.Unparen(call.Args[0]).(*ast.SelectorExpr); ok && sel.Sel.Name == "Stderr" {
			return nil, ""
		}
		return call.Args[0], writes
	case strings.HasPrefix(key, "fmt.Print"):
		return nil, writes
	}
	fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || fn.Signature().Recv() == nil || len(call.Args) == 0 {
		return nil, ""
	}
	switch fn.Name() {
	case "Write", "WriteString", "WriteRune", "WriteByte":
		if isHash(info.TypeOf(fun.X)) {
			return fun.X, hashes
		}
		return fun.X, writes
	case "Encode", "EncodeToken", "EncodeElement":
		return fun.X, encodes
	}
	return nil, ""
}

// isHash reports whether a type has the methods of hash.Hash.
func isHash(t types.Type) bool {
	for _, method := range []string{"Sum", "BlockSize"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, method); obj == nil {
			return false
		}
	}
	return true
}

// ShowsOrder returns what happens to a list in the order of its elements when
// fn is given it, or "" when that isn't known.
func ShowsOrder(fn *types.Func) string {
	if fn.Pkg() == nil {
		return ""
	}
	switch key := Key(fn); {
	case key == "strings.Join" || key == "bytes.Join":
		return "the elements are joined"
	case key == "reflect.DeepEqual" || key == "slices.Equal":
		return "the list is compared"
	case strings.HasPrefix(key, "crypto/") && strings.HasPrefix(fn.Name(), "Sum"):
		return hashes
	case strings.HasPrefix(key, "fmt.") && !strings.Contains(fn.Name(), "can"):
		return "the list is printed"
	case Encodes(fn) >= 0:
		return encodes
	}
	return ""
}

// MatchesPart reports whether fn compares a part of a text, so that several
// texts may match.
func MatchesPart(fn *types.Func) bool {
	switch Key(fn) {
	case "strings.HasPrefix", "strings.HasSuffix", "strings.Contains", "bytes.HasPrefix", "bytes.HasSuffix", "bytes.Contains",
		"regexp.MatchString", "(regexp.Regexp).MatchString", "(regexp.Regexp).Match":
		return true
	}
	return false
}
