package cgomisuse

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"testing"

	"golang.org/x/tools/go/analysis"
)

const written = `package p

// #include <stdio.h>
// #include <stdlib.h>
import "C"

import (
	"errors"
	"unsafe"
)

func early(name string) error {
	path := C.CString(name) // reported
	if C.puts(path) < 0 {
		return errors.New("no")
	}
	C.free(unsafe.Pointer(path))
	return nil
}

func never() {
	text := C.CString("x") // reported, with a fix
	C.puts(text)
}

func always(name string) error {
	path := C.CString(name)
	defer C.free(unsafe.Pointer(path))
	if C.puts(path) < 0 {
		return errors.New("no")
	}
	return nil
}

func each(list []int32) {
	for _, n := range list {
		C.putchar(C.int(n)) // reported with -loops
	}
}
`

// TestWritten runs on code as people write it, which some hosts hand to
// analyzers: import "C" is there, and its names have no types.
func TestWritten(t *testing.T) {
	for _, loops := range []bool{false, true} {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "p.go", written, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		info := &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
			Selections: map[*ast.SelectorExpr]*types.Selection{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		}
		config := types.Config{Importer: importer.Default(), FakeImportC: true}
		pkg, err := config.Check("p", fset, []*ast.File{file}, info)
		if err != nil {
			t.Fatal(err)
		}
		a := newAnalyzer()
		if err := a.Flags.Set("loops", strconv.FormatBool(loops)); err != nil {
			t.Fatal(err)
		}
		var lines []int
		fixes := 0
		pass := &analysis.Pass{
			Analyzer: a, Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info, TypesSizes: types.SizesFor("gc", "amd64"),
			ResultOf: map[*analysis.Analyzer]any{},
			ReadFile: func(string) ([]byte, error) { return []byte(written), nil },
			Report: func(d analysis.Diagnostic) {
				lines = append(lines, fset.Position(d.Pos).Line)
				fixes += len(d.SuggestedFixes)
			},
		}
		for _, required := range a.Requires {
			pass.Analyzer = required
			if pass.ResultOf[required], err = required.Run(pass); err != nil {
				t.Fatal(err)
			}
		}
		pass.Analyzer = a
		if _, err := a.Run(pass); err != nil {
			t.Fatal(err)
		}
		want := []int{13, 22}
		if loops {
			want = append(want, 37)
		}
		if !slices.Equal(lines, want) || fixes != 1 {
			t.Errorf("with loops %v: reported are lines %v, want %v; %d fixes", loops, lines, want, fixes)
		}
	}
}
