package report

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/directive"
)

// toy is a check that finds fault with the names that a test gives it.
var toy = &analysis.Analyzer{Name: "hotpointer", URL: "https://example.com/hotpointer"}

// newPass type-checks one file for the toy check and collects what it reports.
func newPass(t *testing.T, text string, got *[]analysis.Diagnostic) *analysis.Pass {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.Default()}
	pkg, err := config.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	pass := &analysis.Pass{
		Analyzer: toy, Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info,
		Report: func(analysis.Diagnostic) {},
	}
	index, err := directive.Analyzer.Run(pass)
	if err != nil {
		t.Fatal(err)
	}
	pass.ResultOf = map[*analysis.Analyzer]any{directive.Analyzer: index}
	pass.Report = func(d analysis.Diagnostic) { *got = append(*got, d) }
	return pass
}

// names returns the places at which the name is used.
func names(pass *analysis.Pass, name string) []*ast.Ident {
	var list []*ast.Ident
	ast.Inspect(pass.Files[0], func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			list = append(list, id)
		}
		return true
	})
	return list
}

// flush runs the toy check: one finding for each use of "bad".
func flush(t *testing.T, text string, change func(*Finding)) []string {
	t.Helper()
	var got []analysis.Diagnostic
	pass := newPass(t, text, &got)
	reporter := New(pass)
	for _, id := range slices.Backward(names(pass, "bad")) {
		f := Finding{Range: id, Message: "bad is used"}
		if change != nil {
			change(&f)
		}
		reporter.Add(f)
	}
	reporter.Flush()
	return lines(pass, got)
}

func lines(pass *analysis.Pass, got []analysis.Diagnostic) []string {
	var list []string
	for _, d := range got {
		list = append(list, fmt.Sprintf("%d %s: %s", pass.Fset.PositionFor(d.Pos, false).Line, d.Category, d.Message))
	}
	return list
}

// setDirective sets a flag of the directive check for the test.
func setDirective(t *testing.T, name, value string) {
	t.Helper()
	f := directive.Analyzer.Flags.Lookup(name)
	before := f.Value.String()
	if err := f.Value.Set(value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Value.Set(before) })
}

func want(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("reported\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

const plain = `package p

var bad = 1

var (
	a = bad
	b = bad
)
`

func TestFlushSorts(t *testing.T) {
	want(t, flush(t, plain, nil), "3 hotpointer: bad is used", "6 hotpointer: bad is used", "7 hotpointer: bad is used")
}

func TestFlushReportsSubjectsOnce(t *testing.T) {
	got := flush(t, plain, func(f *Finding) { f.Subject = "bad" })
	want(t, got, "3 hotpointer: bad is used")
}

func TestFlushReportsPlacesOnce(t *testing.T) {
	var got []analysis.Diagnostic
	pass := newPass(t, plain, &got)
	reporter := New(pass)
	id := names(pass, "bad")[1]
	reporter.Addf(id, "bad is %s", "used")
	reporter.Addf(id, "bad is %s", "used")
	reporter.Addf(id, "bad is %s", "read")
	reporter.Flush()
	reporter.Flush() // the second finds nothing left
	want(t, lines(pass, got), "6 hotpointer: bad is read", "6 hotpointer: bad is used")
	if d := got[0]; d.End != id.End() || d.URL != toy.URL {
		t.Errorf("range ends at %v, page is %q", d.End, d.URL)
	}
}

func TestFlushNamesKinds(t *testing.T) {
	got := flush(t, "package p\n\nvar bad = 1\n", func(f *Finding) { f.Kind = "boxing" })
	want(t, got, "3 hotpointer/boxing: bad is used")
}

const silenced = `package p

var bad = 1 //goconclint:ignore hotpointer measured

var (
	a = bad //nolint:hotpointer // measured
	b = bad //goconclint:ignore deferloop measured
	c = bad //nolint:goconclint // measured
	d = bad //goconclint:ignore hotpointer
)
`

func TestSilenced(t *testing.T) {
	want(t, flush(t, silenced, nil), "7 hotpointer: bad is used", "9 hotpointer: bad is used")
}

// A nolint comment without a reason may be another linter's, unless there is
// something to silence.
func TestReasonless(t *testing.T) {
	got := flush(t, "package p\n\nvar (\n\tbad = 1 //nolint:hotpointer\n\tgood = 2 //nolint:hotpointer\n)\n", nil)
	want(t, got, "4 directive: comment silences hotpointer without a reason, so it has no effect: say why behind the name", "4 hotpointer: bad is used")
	want(t, flush(t, "package p\n\nvar bad = 1 //nolint:hotpointer\n", func(f *Finding) { f.Low = true }))
}

func TestSilencedAreMarked(t *testing.T) {
	setDirective(t, "marks", "true")
	want(t, flush(t, silenced, nil),
		"3 hotpointer#suppressed=measured: bad is used",
		"6 hotpointer#suppressed=measured: bad is used",
		"7 hotpointer: bad is used",
		"8 hotpointer#suppressed=measured: bad is used",
		"9 hotpointer: bad is used")
}

func TestLowIsHidden(t *testing.T) {
	low := func(f *Finding) { f.Low = true }
	want(t, flush(t, "package p\n\nvar bad = 1\n", low))
	want(t, flush(t, "package p\n\nvar bad = 1 //goconclint:ignore hotpointer why\n", low))
	setDirective(t, "marks", "true")
	want(t, flush(t, "package p\n\nvar bad = 1\n", low), "3 hotpointer#low: bad is used")
}

const unused = `package p

var good = 1 //goconclint:ignore hotpointer measured

//goconclint:ignore hotpointer,deferloop measured
func f() {}

var (
	a = good //nolint:goconclint // measured
	b = good //goconclint:ignore deferloop measured
	c = good //goconclint:ignore hotpointer
)
`

func TestUnusedComments(t *testing.T) {
	want(t, flush(t, unused, nil),
		"3 directive: comment silences hotpointer, which reports nothing here",
		"5 directive: comment silences hotpointer, which reports nothing here")
}

func TestUnusedCommentIsDeleted(t *testing.T) {
	var got []analysis.Diagnostic
	pass := newPass(t, unused, &got)
	New(pass).Flush()
	if len(got) != 2 || len(got[0].SuggestedFixes) != 1 || len(got[1].SuggestedFixes) != 0 {
		t.Fatalf("fixes: %+v", got)
	}
	change := got[0].SuggestedFixes[0].TextEdits[0]
	file := pass.Fset.File(change.Pos)
	if deleted := unused[file.Offset(change.Pos):file.Offset(change.End)]; deleted != "//goconclint:ignore hotpointer measured" {
		t.Errorf("the fix deletes %q", deleted)
	}
}

func TestUnusedCommentsAreLeftAlone(t *testing.T) {
	t.Run("truncated", func(t *testing.T) {
		var got []analysis.Diagnostic
		reporter := New(newPass(t, unused, &got))
		reporter.Truncate()
		reporter.Flush()
		if len(got) > 0 {
			t.Errorf("reported %v", got)
		}
	})
	t.Run("switched off", func(t *testing.T) {
		setDirective(t, "unused", "false")
		want(t, flush(t, unused, nil))
	})
	t.Run("generated", func(t *testing.T) {
		want(t, flush(t, "// Code generated by x. DO NOT EDIT.\n\n"+unused, nil))
	})
}

func TestGenerated(t *testing.T) {
	const header = "// Code generated by x. DO NOT EDIT.\n\npackage p\n\n"
	for name, test := range map[string]struct {
		text      string
		generated bool
	}{
		"handwritten":         {"package p\n\nvar bad = 1\n", false},
		"generated":           {header + "var bad = 1\n", true},
		"cgo's output":        {header + "//line q.go:7\nvar bad = 1\n", false},
		"a grammar's output":  {header + "//line q.y:7\nvar bad = 1\n", true},
		"of its own template": {header + "//line p.go:7\nvar bad = 1\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			var got []analysis.Diagnostic
			pass := newPass(t, test.text, &got)
			if got := Generated(pass, names(pass, "bad")[0].Pos()); got != test.generated {
				t.Errorf("generated: %v, want %v", got, test.generated)
			}
			if reported := flush(t, test.text, nil); (len(reported) == 0) != test.generated {
				t.Errorf("reported %v", reported)
			}
		})
	}
}

func TestGeneratedOutsideFiles(t *testing.T) {
	var got []analysis.Diagnostic
	pass := newPass(t, plain, &got)
	if Generated(pass, pass.Files[0].FileEnd+100) {
		t.Error("what lies in no file is generated")
	}
}

func TestWrap(t *testing.T) {
	inner := &analysis.Analyzer{
		Name: "copylocks",
		URL:  "https://example.com/copylocks",
		Run: func(pass *analysis.Pass) (any, error) {
			for _, id := range names(pass, "bad") {
				pass.Report(analysis.Diagnostic{Pos: id.Pos(), Category: "inner", Message: "bad is copied"})
			}
			return 1, nil
		},
	}
	wrapped := Wrap(inner)
	if len(inner.Requires) != 0 || !slices.Contains(wrapped.Requires, Requires) || wrapped.Name != inner.Name {
		t.Errorf("wrapped %+v, inner %+v", wrapped, inner)
	}
	var got []analysis.Diagnostic
	pass := newPass(t, "package p\n\nvar bad = 1 //nolint:copylocks // why\n\nvar a = bad\n", &got)
	pass.Analyzer = wrapped
	if result, err := wrapped.Run(pass); result != 1 || err != nil {
		t.Errorf("result %v, error %v", result, err)
	}
	want(t, lines(pass, got), "5 copylocks: bad is copied")
	if got[0].End != got[0].Pos {
		t.Error("a diagnostic without an end gets one elsewhere")
	}
}

func TestWrapPassesErrorsOn(t *testing.T) {
	failing := Wrap(&analysis.Analyzer{Name: "x", Run: func(*analysis.Pass) (any, error) { return nil, fmt.Errorf("no") }})
	var got []analysis.Diagnostic
	if _, err := failing.Run(newPass(t, plain, &got)); err == nil {
		t.Error("the error is lost")
	}
}

func TestWord(t *testing.T) {
	var got []analysis.Diagnostic
	pass := newPass(t, "package p\n\nfunc f() { defer f() }\n", &got)
	ast.Inspect(pass.Files[0], func(n ast.Node) bool {
		if stmt, ok := n.(*ast.DeferStmt); ok {
			word := Word(stmt, "defer")
			related := Here(word, "deferred here")
			if word.End()-word.Pos() != 5 || related.Pos != stmt.Pos() || related.End != word.End() || related.Message != "deferred here" {
				t.Errorf("word %+v, related %+v", word, related)
			}
		}
		return true
	})
}
