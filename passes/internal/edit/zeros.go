package edit

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
)

// Zeros writes the zero values of a function's results, for a return
// statement. It reports false when one can't be written.
func Zeros(pass *analysis.Pass, typ *ast.FuncType) ([]string, bool) {
	var zeros []string
	if typ.Results == nil {
		return nil, true
	}
	for _, field := range typ.Results.List {
		zero, ok := zeroOf(pass, field.Type)
		if !ok {
			return nil, false
		}
		for range max(1, len(field.Names)) {
			zeros = append(zeros, zero)
		}
	}
	return zeros, true
}

func zeroOf(pass *analysis.Pass, typ ast.Expr) (string, bool) {
	t := pass.TypesInfo.TypeOf(typ)
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return "*new(" + Source(pass, typ) + ")", true
	}
	switch under := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case under.Info()&types.IsBoolean != 0:
			return "false", true
		case under.Info()&types.IsString != 0:
			return `""`, true
		case under.Info()&types.IsNumeric != 0:
			return "0", true
		}
		return "nil", under.Kind() == types.UnsafePointer
	case *types.Struct, *types.Array:
		return Source(pass, typ) + "{}", true
	}
	return "nil", true
}
