package passtest

import (
	"bufio"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/pprof/profile"
)

// takes matches the comments from which [Heat] makes a profile.
var takes = regexp.MustCompile(`// takes (\d+)( in memory)?( //|$)`)

// Module is the path of the module that holds the fixtures.
const Module = "fixtures"

// Heat writes the CPU profile that the comments of a fixture package ask for
// and returns its path: a line that ends in
//
//	// takes 30
//	// takes 30 in memory
//
// was met 30 times, itself or in the runtime, taking memory. Functions have
// the names that the linker gives them under the package's path.
func Heat(t *testing.T, folder, pkg string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(Root(t), folder, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures in %s", folder)
	}
	p := &profile.Profile{
		SampleType: []*profile.ValueType{{Type: "samples", Unit: "count"}, {Type: "cpu", Unit: "nanoseconds"}},
		PeriodType: &profile.ValueType{Type: "cpu", Unit: "nanoseconds"}, Period: 1,
	}
	malloc := frame(p, "runtime.mallocgc", "runtime/malloc.go", 1, 1)
	for _, name := range files {
		heatFile(t, p, malloc, name, pkg)
	}
	path := filepath.Join(t.TempDir(), "cpu.pprof")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := p.Write(out); err != nil {
		t.Fatal(err)
	}
	return path
}

func heatFile(t *testing.T, p *profile.Profile, malloc *profile.Location, name, pkg string) {
	t.Helper()
	content, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(content)
	for number := 1; lines.Scan(); number++ {
		m := takes.FindStringSubmatch(lines.Text())
		if m == nil {
			continue
		}
		symbol, start := symbolAt(fset, syntax, number)
		stack := []*profile.Location{frame(p, pkg+"."+symbol, name, number, start)}
		if m[2] != "" {
			stack = append([]*profile.Location{malloc}, stack...)
		}
		times, _ := strconv.ParseInt(m[1], 10, 64)
		p.Sample = append(p.Sample, &profile.Sample{Location: stack, Value: []int64{times, times * 1e7}})
	}
}

// symbolAt returns the name and first line of the function around a line.
func symbolAt(fset *token.FileSet, file *ast.File, at int) (name string, start int) {
	for _, decl := range file.Decls {
		decl, ok := decl.(*ast.FuncDecl)
		if !ok || at < fset.Position(decl.Pos()).Line || fset.Position(decl.End()).Line < at {
			continue
		}
		start = fset.Position(decl.Pos()).Line
		if decl.Recv == nil {
			return decl.Name.Name, start
		}
		switch t := decl.Recv.List[0].Type.(type) {
		case *ast.StarExpr:
			if id, ok := t.X.(*ast.Ident); ok {
				return "(*" + id.Name + ")." + decl.Name.Name, start
			}
		case *ast.Ident:
			return t.Name + "." + decl.Name.Name, start
		}
	}
	return strings.TrimSuffix(filepath.Base(fset.File(file.Pos()).Name()), ".go"), 0
}

// frame adds a location to the profile.
func frame(p *profile.Profile, symbol, file string, line, start int) *profile.Location {
	fn := &profile.Function{
		ID: uint64(len(p.Function) + 1), Name: symbol, SystemName: symbol, Filename: file, StartLine: int64(start),
	}
	at := &profile.Location{ID: uint64(len(p.Location) + 1), Line: []profile.Line{{Function: fn, Line: int64(line)}}}
	p.Function, p.Location = append(p.Function, fn), append(p.Location, at)
	return at
}
