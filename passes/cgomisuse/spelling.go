package cgomisuse

import (
	"go/ast"
	"go/types"
	"strings"
)

// cFunction returns the name of the C function that a call calls, or "". A
// host hands us either what people wrote, C.free(p), or what cgo made of it:
// _Cfunc_free(p), or _C2func_open(p) where errno is wanted, too. The positions
// are those of the original in both.
func cFunction(info *types.Info, call *ast.CallExpr) string {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		for _, prefix := range []string{"_Cfunc_", "_C2func_"} {
			if name, ok := strings.CutPrefix(fun.Name, prefix); ok {
				return strings.TrimPrefix(name, "_CMalloc")
			}
		}
	case *ast.SelectorExpr:
		if id, ok := fun.X.(*ast.Ident); ok && id.Name == "C" {
			if obj, known := info.Uses[id]; (!known || isC(obj)) && !isNumber(fun.Sel.Name) {
				return fun.Sel.Name
			}
		}
	}
	return ""
}

func isC(obj types.Object) bool {
	pkg, ok := obj.(*types.PkgName)
	return ok && pkg.Imported().Path() == "C"
}

// isHelper reports whether the name is one of cgo's own functions rather than
// C's.
func isHelper(name string) bool {
	switch name {
	case "CString", "CBytes", "GoString", "GoStringN", "GoBytes", "free", "malloc":
		return true
	}
	return false
}

// isNumber reports whether the name is that of a C type of numbers, so that
// what looks like a call is a conversion.
func isNumber(name string) bool {
	switch name {
	case "char", "schar", "uchar", "short", "ushort", "int", "uint", "long", "ulong", "longlong", "ulonglong", "float", "double", "bool",
		"size_t", "ssize_t", "intptr_t", "uintptr_t", "int8_t", "uint8_t", "int16_t", "uint16_t", "int32_t", "uint32_t", "int64_t", "uint64_t":
		return true
	}
	return false
}
