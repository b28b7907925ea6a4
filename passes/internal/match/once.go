package match

import (
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// UsesOnce reports whether the package names a function that runs another at
// most once, such as sync.Once's Do.
func UsesOnce(pass *analysis.Pass) bool {
	for _, obj := range pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && model.CallsOnce(fn) {
			return true
		}
	}
	return false
}
