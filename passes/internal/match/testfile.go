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

// ImportsTesting reports whether the file is there for tests, whichever the go
// command compiles it into: it imports testing.
func ImportsTesting(file *ast.File) bool {
	for _, spec := range file.Imports {
		if spec.Path.Value == `"testing"` {
			return true
		}
	}
	return false
}
