package match

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// TestFile reports whether the go command compiles the file into tests only.
func TestFile(pass *analysis.Pass, file *ast.File) bool {
	return InTestFile(pass.Fset, file.FileStart)
}

// InTestFile reports the same of the file that a position lies in.
func InTestFile(fset *token.FileSet, pos token.Pos) bool {
	file := fset.File(pos)
	return file != nil && strings.HasSuffix(file.Name(), "_test.go")
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
