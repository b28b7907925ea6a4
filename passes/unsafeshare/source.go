package unsafeshare

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// ownSources reports whether the package makes random number generators of a
// source that isn't math/rand's own:
//
//	rand.New(&lockedSource{src: rand.NewSource(seed)})
//
// Such a source is mostly there to lock, and then most of the generator's
// methods are safe.
func ownSources(pass *analysis.Pass) bool {
	found := false
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || found || len(call.Args) != 1 {
				return !found
			}
			fn, _ := typeutil.Callee(pass.TypesInfo, call).(*types.Func)
			switch model.Key(fn) {
			case "math/rand.New", "math/rand/v2.New", "golang.org/x/exp/rand.New":
				found = !standardSource(pass.TypesInfo.TypeOf(call.Args[0]))
			}
			return !found
		})
	}
	return found
}

func standardSource(t types.Type) bool {
	switch model.TypeKey(t) {
	case "math/rand.Source", "math/rand.Source64", "math/rand/v2.PCG", "math/rand/v2.ChaCha8", "math/rand/v2.Source", "golang.org/x/exp/rand.Source":
		return true
	}
	return false
}
