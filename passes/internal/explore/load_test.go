package explore

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
)

// A source is a package loaded for a test.
type source struct {
	fset  *token.FileSet
	pkg   *ssa.Package
	files []*ast.File
	funcs []*ssa.Function

	texts   map[string]string
	imports importMap
}

// lacking skips a test for want of a file of GOROOT, since a Go distribution
// may come without its tests. Where GOCONCLINT_E2E says so, it fails.
func lacking(t testing.TB, err error) {
	t.Helper()
	if os.Getenv("GOCONCLINT_E2E") == "required" {
		t.Fatalf("%v, and GOCONCLINT_E2E=required", err)
	}
	t.Skip(err)
}

// loadDir type-checks the files of a folder that keep accepts as one package
// and builds its SSA form, dependencies without bodies.
func loadDir(t testing.TB, dir string, keep func(name string) bool) *source {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && filepath.IsAbs(dir) {
		lacking(t, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	texts := make(map[string]string)
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".go") && keep(e.Name()) {
			text, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			texts[filepath.Join(dir, e.Name())] = withoutRaceCalls.Replace(string(text))
		}
	}
	return loadText(t, texts)
}

// withoutRaceCalls takes out calls that exist under -race only.
var withoutRaceCalls = strings.NewReplacer("runtime.RaceDisable()", "func() {}()", "runtime.RaceEnable()", "func() {}()")

// loadText does the same for files given by name.
func loadText(t testing.TB, texts map[string]string) *source {
	t.Helper()
	fset := token.NewFileSet()
	imports := make(map[string]bool)
	for name, text := range texts {
		f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			imports[path] = true
		}
	}
	s, err := build(fset, texts, importerOf(t, fset, imports))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// build type-checks files as one package and builds its SSA form.
func build(fset *token.FileSet, texts map[string]string, imports importMap) (*source, error) {
	s := &source{fset: fset, texts: texts, imports: imports}
	tpkg, info, err := s.check(fset)
	if err != nil {
		return nil, err
	}
	prog := ssa.NewProgram(fset, ssa.InstantiateGenerics)
	created := make(map[*types.Package]bool)
	for _, p := range tpkg.Imports() {
		createAll(prog, p, created)
	}
	s.pkg = prog.CreatePackage(tpkg, s.files, info, false)
	s.pkg.Build()
	for _, f := range s.files {
		for _, decl := range f.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok {
				if obj, ok := info.Defs[decl.Name].(*types.Func); ok {
					s.add(prog.FuncValue(obj))
				}
			}
		}
	}
	return s, nil
}

// check parses and type-checks the files.
func (s *source) check(fset *token.FileSet) (*types.Package, *types.Info, error) {
	names := make([]string, 0, len(s.texts))
	for name := range s.texts {
		names = append(names, name)
	}
	sort.Strings(names)
	s.files = nil
	for _, name := range names {
		f, err := parser.ParseFile(fset, name, s.texts[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, nil, err
		}
		s.files = append(s.files, f)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object),
		Uses: make(map[*ast.Ident]types.Object), Implicits: make(map[ast.Node]types.Object),
		Scopes: make(map[ast.Node]*types.Scope), Selections: make(map[*ast.SelectorExpr]*types.Selection),
		Instances: make(map[*ast.Ident]types.Instance), FileVersions: make(map[*ast.File]string),
	}
	config := &types.Config{Importer: s.imports, GoVersion: "go1.26"}
	pkg, err := config.Check(s.files[0].Name.Name, fset, s.files, info)
	return pkg, info, err
}

func createAll(prog *ssa.Program, p *types.Package, created map[*types.Package]bool) {
	if created[p] {
		return
	}
	created[p] = true
	prog.CreatePackage(p, nil, nil, true)
	for _, imported := range p.Imports() {
		createAll(prog, imported, created)
	}
}

func (s *source) add(fn *ssa.Function) {
	if fn == nil {
		return
	}
	s.funcs = append(s.funcs, fn)
	for _, anon := range fn.AnonFuncs {
		s.add(anon)
	}
}

type importMap map[string]*types.Package

func (m importMap) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := m[path]; p != nil {
		return p, nil
	}
	return nil, os.ErrNotExist
}

func importerOf(t testing.TB, fset *token.FileSet, imports map[string]bool) importMap {
	m := make(importMap)
	var paths []string
	for path := range imports {
		if path != "unsafe" {
			paths = append(paths, path)
		}
	}
	if len(paths) == 0 {
		return m
	}
	sort.Strings(paths)
	pkgs, err := packages.Load(&packages.Config{Fset: fset,
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedExportFile}, paths...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		if p.Types != nil {
			m[p.PkgPath] = p.Types
		}
	}
	return m
}

func (s *source) at(pos token.Pos) string {
	p := s.fset.Position(pos)
	return filepath.Base(p.Filename) + ":" + strconv.Itoa(p.Line)
}
