package match

import (
	"go/ast"
	"go/token"
	"strings"
)

// invariants are words by which a text says that the program itself is to
// blame for what it tells.
var invariants = []string{
	"unreachable", "impossible", "internal error", "bug", "should not", "shouldn't", "can't happen", "cannot happen",
	"never", "invariant", "assert", "programm", "unimplemented", "not implemented",
}

// SaysInvariant reports whether the text that a call is given says that this
// can't be, or that the program is at fault: a guard, which is no answer to
// what comes from outside.
func SaysInvariant(call *ast.CallExpr) bool {
	found := false
	ast.Inspect(call, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if ok && lit.Kind == token.STRING {
			text := strings.ToLower(lit.Value)
			for _, word := range invariants {
				found = found || strings.Contains(text, word)
			}
		}
		return !found
	})
	return found
}
