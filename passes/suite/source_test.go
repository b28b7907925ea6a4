package suite_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// A source is one parsed file of the repository.
type source struct {
	path string // in the module, with slashes
	fset *token.FileSet
	file *ast.File
}

func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

func (s source) lines() int { return s.fset.File(s.file.FileStart).LineCount() }

func (s source) at(pos token.Pos) string {
	position := s.fset.Position(pos)
	position.Filename = s.path
	return position.String()
}

// sources parses every Go file below a folder of the module that isn't test
// data.
func sources(t *testing.T, folder string) []source {
	t.Helper()
	var list []source
	fset := token.NewFileSet()
	err := filepath.WalkDir(filepath.Join(module, folder), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "testdata" || strings.HasPrefix(entry.Name(), ".") && len(entry.Name()) > 2) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(module, path)
		list = append(list, source{filepath.ToSlash(name), fset, file})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatalf("no Go files below %s", folder)
	}
	return list
}

// functions counts the functions declared in the Go files of a folder.
func functions(t *testing.T, folder string) int {
	t.Helper()
	count := 0
	err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			if _, ok := decl.(*ast.FuncDecl); ok {
				count++
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return count
}
