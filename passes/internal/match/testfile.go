package match

import (
	"go/ast"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// TestFile reports whether the go command compiles the file into tests only.
func TestFile(pass *analysis.Pass, file *ast.File) bool {
	return strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go")
}
