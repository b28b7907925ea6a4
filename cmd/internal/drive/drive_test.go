package drive

import (
	"go/ast"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/moduletest"
)

const plainModule = `
-- go.mod --
module example.com/m
go 1.24
-- a/a.go --
package a

import "fmt"

func Bad() { fmt.Println() }

func f() { Bad() }
-- b/b.go --
package b

import "example.com/m/a"

func f() { a.Bad() }
`

func TestPlainModule(t *testing.T) {
	t.Parallel()
	result, dir := inModule(t, plainModule, badCalls())
	want(t, result, dir,
		"a/a.go:7:12: call of Bad (badcalls) in example.com/m/a",
		"b/b.go:5:12: call of Bad (badcalls) in example.com/m/b",
	)
	if len(result.Packages) != 2 {
		t.Errorf("packages %v", result.Packages)
	}
	f := result.Findings[1]
	if f.URL != "https://example.com/badcalls" || f.Range.Start.Offset != 48 || f.Range.End.Offset != 55 {
		t.Errorf("finding %+v", f)
	}
}

func TestOnlyWhatIsAskedForIsAnalysed(t *testing.T) {
	t.Parallel()
	dir := moduletest.New(t, plainModule)
	result := mustRun(t, Options{Dir: dir, Patterns: []string{"./b"}, Analyzers: []*analysis.Analyzer{badCalls()}})
	want(t, result, dir, "b/b.go:5:12: call of Bad (badcalls) in example.com/m/b")
}

func TestNoPatternMeansWorkingDirectory(t *testing.T) {
	dir := moduletest.New(t, plainModule)
	t.Chdir(dir + "/a")
	want(t, mustRun(t, Options{Analyzers: []*analysis.Analyzer{badCalls()}}), dir, "a/a.go:7:12: call of Bad (badcalls) in example.com/m/a")
}

func TestFilesAsPattern(t *testing.T) {
	t.Parallel()
	dir := moduletest.New(t, plainModule)
	result := mustRun(t, Options{Dir: dir, Patterns: []string{"b/b.go"}, Analyzers: []*analysis.Analyzer{badCalls()}})
	want(t, result, dir, "b/b.go:5:12: call of Bad (badcalls) in command-line-arguments")
}

func TestProgress(t *testing.T) {
	t.Parallel()
	var seen []string
	dir := moduletest.New(t, plainModule)
	mustRun(t, Options{Dir: dir, Patterns: []string{"./..."}, Tests: true, Progress: func(p Progress) {
		seen = append(seen, p.Package)
		if p.Total != 2 || p.Done != len(seen) {
			t.Errorf("progress %+v as call %d", p, len(seen))
		}
	}})
	slices.Sort(seen)
	if !slices.Equal(seen, []string{"example.com/m/a", "example.com/m/b"}) {
		t.Errorf("progress told of %v", seen)
	}
}

// TestPass holds what analyzers rely on: results of what they require, the
// module, language versions, all maps of types.Info.
func TestPass(t *testing.T) {
	t.Parallel()
	ran := false
	a := &analysis.Analyzer{
		Name: "pass", Doc: "look at the pass", Requires: []*analysis.Analyzer{inspect.Analyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			ran = true
			if pass.ResultOf[inspect.Analyzer] == nil || pass.TypesSizes == nil {
				t.Error("results or sizes are missing")
			}
			if pass.Module.Path != "example.com/m" || pass.Module.GoVersion != "1.22" || !pass.Module.Main {
				t.Errorf("module %+v", pass.Module)
			}
			versions := make(map[string]string)
			for _, file := range pass.Files {
				versions[file.Name.Name+file.GoVersion] = pass.TypesInfo.FileVersions[file]
			}
			if !reflect.DeepEqual(versions, map[string]string{"a": "go1.22", "ago1.23": "go1.23"}) {
				t.Errorf("file versions %v", versions)
			}
			info := reflect.ValueOf(*pass.TypesInfo)
			for i := range info.NumField() {
				if field := info.Field(i); field.Kind() == reflect.Map && field.IsNil() {
					t.Errorf("types.Info.%s is nil", info.Type().Field(i).Name)
				}
			}
			if len(pass.OtherFiles) != 1 || len(pass.IgnoredFiles) != 1 {
				t.Errorf("other files %v, ignored files %v", pass.OtherFiles, pass.IgnoredFiles)
			}
			if content, err := pass.ReadFile(pass.IgnoredFiles[0]); err != nil || len(content) == 0 {
				t.Errorf("ReadFile: %q, %v", content, err)
			}
			if _, err := pass.ReadFile(pass.Module.GoMod); err == nil {
				t.Error("ReadFile gives out a file that isn't the package's")
			}
			return nil, nil
		},
	}
	inModule(t, `
-- go.mod --
module example.com/m
go 1.22
-- a.go --
package a
-- b.go --
//go:build go1.23

package a
-- c.go --
//go:build never

package a
-- empty.s --
`, a)
	if !ran {
		t.Error("not run")
	}
}

// TestConversion holds marks, kinds, related positions and fixes.
func TestConversion(t *testing.T) {
	t.Parallel()
	a := &analysis.Analyzer{Name: "toy", Doc: "report every function", URL: "https://example.com/toy"}
	a.Run = func(pass *analysis.Pass) (any, error) {
		for _, decl := range pass.Files[0].Decls {
			fn := decl.(*ast.FuncDecl)
			pass.Report(analysis.Diagnostic{
				Pos: fn.Name.Pos(), Category: fn.Name.Name + "/kind#low#suppressed=why", URL: "#frag", Message: "m",
				Related: []analysis.RelatedInformation{{Pos: fn.Pos(), End: fn.End(), Message: "here"}},
				SuggestedFixes: []analysis.SuggestedFix{
					{Message: "Rename", TextEdits: []analysis.TextEdit{{Pos: fn.Name.Pos(), End: fn.Name.End(), NewText: []byte("x")}}},
					{Message: "Broken", TextEdits: []analysis.TextEdit{{Pos: fn.End(), End: fn.Pos()}}},
				},
			})
		}
		return nil, nil
	}
	const code = "package a\n\nfunc toy() {}\n\nfunc directive() {}\n\nfunc other() {}\n"
	result, dir := inModule(t, "\n-- go.mod --\nmodule m\n-- a.go --\n"+code, a)
	want(t, result, dir, "a.go:3:6: m (toy) in m", "a.go:5:6: m (directive) in m", "a.go:7:6: m (toy) in m")
	f := result.Findings[0]
	file := dir + "/a.go"
	expected := finding.Finding{
		Check: "toy", Kind: "kind", Low: true, Suppressed: "why", Message: "m", URL: "https://example.com/toy#frag", Package: "m",
		Range: finding.Range{Start: finding.Position{File: file, Offset: 16, Line: 3, Column: 6}},
		Related: []finding.Related{{Message: "here", Range: finding.Range{
			Start: finding.Position{File: file, Offset: 11, Line: 3, Column: 1},
			End:   finding.Position{File: file, Offset: 24, Line: 3, Column: 14},
		}}},
		Fixes: []finding.Fix{{Message: "Rename", Edits: []finding.Edit{{File: file, Start: 16, End: 19, New: "x", Sum: digest([]byte(code))}}}},
	}
	if !reflect.DeepEqual(f, expected) {
		t.Errorf("got  %+v\nwant %+v", f, expected)
	}
	if kind := result.Findings[2].Kind; kind != "other/kind" {
		t.Errorf("category of another house became kind %q", kind)
	}
}

// TestLineComments: findings are shown where //line says, edits apply to the
// file as it is.
func TestLineComments(t *testing.T) {
	t.Parallel()
	a := badCalls()
	inner := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		report := pass.Report
		pass.Report = func(d analysis.Diagnostic) {
			d.SuggestedFixes = []analysis.SuggestedFix{{TextEdits: []analysis.TextEdit{{Pos: d.Pos, End: d.End}}}}
			report(d)
		}
		return inner(pass)
	}
	result, dir := inModule(t, `
-- go.mod --
module m
-- a.go --
package a

func bad() {}

//line a.tmpl:40
func f() { bad() }
`, a)
	want(t, result, dir, "a.tmpl:40:0: call of bad (badcalls) in m")
	f := result.Findings[0]
	if f.Range.Start.Offset != -1 {
		t.Errorf("offset %d in a file that isn't parsed", f.Range.Start.Offset)
	}
	if edit := f.Fixes[0].Edits[0]; edit.File != dir+"/a.go" || edit.Start != 54 || edit.End != 59 {
		t.Errorf("fixes %+v", f.Fixes)
	}
}

// TestDeterminism runs a module of many packages, broken ones among them,
// again and again and expects the same, whatever runs first.
func TestDeterminism(t *testing.T) {
	archive := manyPackages(40)
	dir := moduletest.New(t, archive)
	opts := Options{Dir: dir, Patterns: []string{"./..."}, Tests: true, Analyzers: []*analysis.Analyzer{badCalls(), dangers(), panics("example.com/m/p7")}}
	var first []string
	for i := range 10 {
		previous := runtime.GOMAXPROCS([]int{1, 16}[i%2])
		result := mustRun(t, opts)
		runtime.GOMAXPROCS(previous)
		got := lines(result, dir)
		if first == nil {
			first = got
		}
		if !slices.Equal(got, first) {
			t.Fatalf("run %d differs:\n%v\nfirst:\n%v", i, got, first)
		}
	}
	if len(first) < 80 {
		t.Errorf("only %d lines", len(first))
	}
}
