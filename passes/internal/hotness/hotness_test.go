package hotness

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// Calls of hot and cold say what the code around them is; loops says that it
// is hot only when loops count.
const heat = `package p

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"sync"
	"testing"
)

func hot()   {}
func cold()  {}
func loops() {}

var errNone = errors.New("none")

type table struct {
	cache map[string]int
	ready bool
	once  sync.Once
	next  *table
}

// marked is hot as a whole.
//
//goconclint:hot
func (t *table) marked(r io.Reader, key string, keys []string) error {
	hot()
	for range keys {
		hot()
		func() { hot() }()
	}
	go func() { hot() }()
	defer func() {
		hot()
		if err := recover(); err != nil {
			hot()
		}
	}()
	n, err := r.Read(nil)
	if err != nil {
		cold()
		reporting()
	}
	if _, err := r.Read(nil); err == nil {
		hot()
	} else {
		cold()
	}
	if err := called(); err == io.EOF {
		hot()
	}
	if n < 0 {
		cold()
		return fmt.Errorf("%d", n)
	}
	if n == 0 {
		cold()
		return errNone
	}
	if n == 1 {
		cold()
		return &failure{}
	}
	if n == 2 {
		hot()
		return called()
	}
	if n > 3 {
		hot()
		return nil
	}
	switch n {
	case 4:
		cold()
		panic(n)
	case 5:
		cold()
		log.Fatal(n)
	case 6:
		hot()
	default:
		cold()
		die()
	}
	if t.cache == nil {
		cold()
		t.cache = map[string]int{}
	}
	if t.next == nil {
		hot()
		t.cache = nil
	}
	if !t.ready {
		cold()
		t.ready = true
	}
	if _, ok := t.cache[key]; !ok {
		cold()
		t.cache[key] = n
	}
	if _, ok := t.cache[key]; !ok {
		hot()
	}
	const debug = false
	if debug {
		cold()
	} else {
		hot()
	}
	t.once.Do(func() { cold() })
	values := sync.OnceValue(func() int { cold(); return 1 })
	values()
	t.method(nil)
	generic(1)
	var i iface = t
	i.dynamic()
	if n == 7 {
		twice()
	}
	return nil
}

type failure struct{}

func (*failure) Error() string { return "" }

type iface interface{ dynamic() }

func (t *table) dynamic()       { cold() }
func (t *table) method(f func()) { hot(); deeper() }
func deeper()                   { hot(); deeper() }
func called() error             { hot(); return nil }
func generic[T any](v T)        { hot() }
func reporting()                { cold() }
func die()                      { cold(); panic("no") }
func twice()                    { hot() }
func unrelated()                { cold() }

//goconclint:hot
func twiceMarked() { hot(); twice() }

func BenchmarkN(b *testing.B) {
	cold()
	for i := 0; i < b.N; i++ {
		loops()
		benched()
		for range 3 {
			loops()
		}
	}
	for range b.N {
		loops()
	}
	for range 5 {
		cold()
	}
	b.Run("x", func(b *testing.B) {
		cold()
		for b.Loop() {
			loops()
		}
	})
	b.RunParallel(func(pb *testing.PB) {
		cold()
		for pb.Next() {
			loops()
		}
	})
	setup()
}

func benched() { loops() }
func setup()   { cold() }

func handler(w http.ResponseWriter, r *http.Request) {
	cold()
	for range r.Header {
		loops()
		served()
	}
	setup()
}

func served() { loops() }

func routes() {
	for range 5 {
		cold()
		http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
			cold()
			for {
				loops()
			}
		})
	}
}
`

func newPass(t *testing.T, text string) *analysis.Pass {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	config := types.Config{Importer: importer.Default()}
	pkg, err := config.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return &analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info}
}

func options(loops bool) Options {
	return Options{Loops: loops, NoReturn: func(fn *types.Func) bool { return fn.Name() == "die" || model.NeverReturns(fn) }}
}

func TestInspect(t *testing.T) {
	pass := newPass(t, heat)
	for _, withLoops := range []bool{false, true} {
		seen := make(map[*ast.CallExpr]int)
		for _, region := range Find(pass, options(withLoops)) {
			region.Inspect(func(n ast.Node, above []ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					seen[call]++
				}
				if len(above) > 0 && above[0] != region.Body {
					t.Errorf("ancestors begin with %T", above[0])
				}
				return true
			})
		}
		ast.Inspect(pass.Files[0], func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			want := map[string]int{"hot": 1, "cold": 0, "loops": 0}
			if withLoops {
				want["loops"] = 1
			}
			name := types.ExprString(call.Fun)
			if times, ok := want[name]; ok && seen[call] != times {
				t.Errorf("line %d: %s is seen %d times with loops %v", pass.Fset.Position(call.Pos()).Line, name, seen[call], withLoops)
			}
			return true
		})
	}
}

func TestEvidence(t *testing.T) {
	pass := newPass(t, heat)
	got := make(map[string]string)
	var order []token.Pos
	for _, region := range Find(pass, options(true)) {
		order = append(order, region.Body.Pos())
		var labels []string
		for _, related := range region.Why.Related() {
			text := pass.Fset.Position(related.Pos)
			line := strings.TrimSpace(strings.Split(heat, "\n")[text.Line-1])
			labels = append(labels, related.Message+": "+line)
		}
		if region.Whole() {
			got[region.Decl.Name.Name] = strings.Join(labels, "; ")
		}
	}
	if !slices.IsSorted(order) {
		t.Error("regions aren't in source order")
	}
	for name, want := range map[string]string{
		"marked":  "marked hot here: //goconclint:hot",
		"method":  "marked hot here: //goconclint:hot; called here: t.method(nil)",
		"deeper":  "marked hot here: //goconclint:hot; called here: func (t *table) method(f func()) { hot(); deeper() }",
		"twice":   "marked hot here: //goconclint:hot; called here: twice()",
		"benched": "benchmark loop: for i := 0; i < b.N; i++ {; called here: benched()",
		"served":  "loop in a request handler: for range r.Header {; called here: served()",
	} {
		if got[name] != want {
			t.Errorf("%s is hot because of %q, want %q", name, got[name], want)
		}
	}
	if _, hot := got["unrelated"]; hot {
		t.Error("what hot code doesn't call is hot")
	}
}

// TestMarkedLoop: a loop of a function that is hot as a whole is no region of
// its own.
func TestMarkedLoop(t *testing.T) {
	pass := newPass(t, `package p

import "testing"

//goconclint:hot
func run(b *testing.B) {
	for b.Loop() {
		println()
	}
}
`)
	regions := Find(pass, options(true))
	if len(regions) != 1 || !regions[0].Whole() {
		t.Errorf("regions %v", regions)
	}
}

func TestNothingHot(t *testing.T) {
	if regions := Find(newPass(t, "package p\n\nfunc f() { for { } }\n"), options(true)); regions != nil {
		t.Errorf("regions %v", regions)
	}
}
