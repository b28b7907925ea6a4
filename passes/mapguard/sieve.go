package mapguard

import (
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// sharesMaps reports whether the package can hold what this check reports: a
// map that outlives a function or is captured by one, and something that
// makes goroutines or keeps them apart. Most packages don't, and are done.
func sharesMaps(pass *analysis.Pass) bool {
	return holdsMaps(pass.TypesInfo) && sharing.Concurrent(pass)
}

// holdsMaps reports whether the package declares a variable or field that is
// a map.
func holdsMaps(info *types.Info) bool {
	for _, obj := range info.Defs {
		if v, ok := obj.(*types.Var); ok {
			if _, isMap := v.Type().Underlying().(*types.Map); isMap {
				return true
			}
		}
	}
	return false
}
