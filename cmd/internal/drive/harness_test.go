package drive

import (
	"context"
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/moduletest"
	"github.com/goconclint/goconclint/cmd/internal/store"
)

// TestMain: the test binary is also the process that some of the tests kill.
func TestMain(m *testing.M) {
	moduletest.Isolate()
	if cache := os.Getenv(asRun); cache != "" {
		os.Exit(runAlone(cache))
	}
	os.Exit(m.Run())
}

// mustRun runs the driver and fails the test if it can't.
func mustRun(t testing.TB, opts Options) *Result {
	t.Helper()
	result, err := Run(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// everyWay runs the driver without a store, with an empty one, and with what
// that run has stored, and expects the same answer.
func everyWay(t testing.TB, opts Options) *Result {
	t.Helper()
	result := mustRun(t, opts)
	opts.Store = newStore(t)
	for _, state := range []string{"empty", "filled"} {
		if got, want := whole(mustRun(t, opts)), whole(result); got != want {
			t.Errorf("%s store\n%s\nnone\n%s", state, got, want)
		}
	}
	return result
}

// inModule runs the driver with tests on the whole module of the archive.
func inModule(t testing.TB, archive string, analyzers ...*analysis.Analyzer) (*Result, string) {
	t.Helper()
	dir := moduletest.New(t, archive)
	return everyWay(t, Options{Dir: dir, Patterns: []string{"./..."}, Tests: true, Analyzers: analyzers}), dir
}

// lines renders a result: findings, then problems, with paths relative to dir.
func lines(result *Result, dir string) []string {
	var list []string
	for _, f := range result.Findings {
		list = append(list, fmt.Sprintf("%s: %s (%s) in %s", place(f.Range.Start, dir), f.Message, f.Check, f.Package))
	}
	for _, p := range result.Problems {
		message := strings.NewReplacer(dir, "DIR", goroot(), "GOROOT").Replace(p.Message)
		message = regexp.MustCompile(`_test\.go:\d+`).ReplaceAllString(message, "_test.go")
		list = append(list, fmt.Sprintf("%s: problem: %s", place(p.Range.Start, dir), message))
	}
	return list
}

var goroot = sync.OnceValue(func() string {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "no GOROOT"
	}
	return strings.TrimSpace(string(out))
})

func place(p finding.Position, dir string) string {
	if p.File == "" {
		return "-"
	}
	name, err := filepath.Rel(dir, p.File)
	if err != nil || strings.HasPrefix(name, "..") {
		name = filepath.Base(p.File)
	}
	return fmt.Sprintf("%s:%d:%d", filepath.ToSlash(name), p.Line, p.Column)
}

// want compares the lines of a result with what is expected.
func want(t testing.TB, result *Result, dir string, expected ...string) {
	t.Helper()
	got := lines(result, dir)
	if !slices.Equal(got, expected) {
		t.Errorf("got:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(expected, "\n  "))
	}
	for _, p := range result.Problems {
		if p.Detail != "" && testing.Verbose() {
			t.Log(p.Detail)
		}
	}
}

// badCalls reports calls of functions named bad.
func badCalls() *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: "badcalls", Doc: "report calls of functions named bad", URL: "https://example.com/badcalls",
		Run: func(pass *analysis.Pass) (any, error) {
			eachCall(pass, func(call *ast.CallExpr, callee types.Object) {
				if callee.Name() == "bad" || callee.Name() == "Bad" {
					pass.Report(analysis.Diagnostic{Pos: call.Pos(), End: call.End(), Message: "call of " + callee.Name()})
				}
			})
			return nil, nil
		},
	}
}

func eachCall(pass *analysis.Pass, f func(*ast.CallExpr, types.Object)) {
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if callee := typeutil.Callee(pass.TypesInfo, call); callee != nil {
					f(call, callee)
				}
			}
			return true
		})
	}
}

// asRun is the environment variable that makes the test binary analyse the
// module in its working directory with the store in the folder that it names.
const asRun = "GOCONCLINT_TEST_RUN"

// runAlone is a process of its own for one run. It writes all that it finds
// to standard output, and what the store has to complain of to standard error.
func runAlone(cache string) int {
	s, err := store.Open(cache)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	result, err := Run(context.Background(), Options{
		Patterns: []string{"./..."}, Tests: true, Store: s, Analyzers: []*analysis.Analyzer{badCalls(), dangers()},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	fmt.Print(whole(result))
	if err := s.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return 0
}
