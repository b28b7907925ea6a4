package program

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
	"golang.org/x/tools/go/ssa"
)

// load type-checks files, whose names are the keys' order, and returns their
// program.
func load(t *testing.T, texts ...string) *Program {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for i, text := range texts {
		file, err := parser.ParseFile(fset, string(rune('a'+i))+".go", text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}
	config := types.Config{Importer: importer.Default(), GoVersion: "go1.26"}
	pkg, err := config.Check("p", fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	pass := &analysis.Pass{Analyzer: Analyzer, Fset: fset, Files: files, Pkg: pkg, TypesInfo: info}
	result, err := Analyzer.Run(pass)
	if err != nil {
		t.Fatal(err)
	}
	program, ok := result.(*Program)
	if !ok {
		t.Fatalf("result is a %T", result)
	}
	return program
}

// endings holds functions named never… that don't return, and functions
// named may… that do, or might.
const endings = `package p

import (
	"log"
	"os"
	"runtime"
	"sync"
	"testing"
)

func neverExit()              { os.Exit(1) }
func neverGoexit()            { runtime.Goexit() }
func neverPanic()             { panic("no") }
func neverLog(l *log.Logger)  { l.Fatalf("no") }
func neverTest(t *testing.T)  { t.Fatal("no") }
func neverB(b *testing.B)     { b.Skip("no") }
func neverTB(tb testing.TB)   { tb.FailNow() }
func neverLoop()              { for { println() } }
func neverUnlock(m *sync.Mutex, x ender) { defer m.Unlock(); x.FailNow() }

type ender interface{ FailNow() }

func mayRecover() { defer func() { recover() }(); panic("no") }
func neverSelect()            { select {} }
func neverThrough()           { neverThroughTwo() }
func neverThroughTwo()        { println(); neverExit() }
func neverGoto() {
again:
	println()
	goto again
}
func neverBoth(b bool) {
	if b {
		panic(1)
	} else {
		neverThrough()
	}
}
func neverSwitch(n int) {
	switch n {
	case 1:
		os.Exit(n)
	default:
		log.Fatal(n)
	}
}
func neverInner(n int) {
	for {
		for range n {
			break
		}
	}
}
func neverGeneric[T any](v T) { panic(v) }
func neverInstance()          { neverGeneric(1) }

type T[E any] struct{ e E }

func (t *T[E]) neverMethod() { log.Panicln(t.e) }
func neverCallsMethod(t *T[string]) { t.neverMethod() }

func mayFall()           { println() }
func mayOneBranch(b bool) {
	if b {
		panic(1)
	}
}
func mayNoDefault(n int) {
	switch n {
	case 1:
		os.Exit(n)
	}
}
func mayBreak(n int) {
	for {
		if n > 1 {
			break
		}
	}
}
func mayLabel(n int) {
out:
	for {
		for {
			break out
		}
	}
}
func mayCond(n int) {
	for n < 5 {
		n++
	}
}
func mayDefer() {
	defer func() { _ = recover() }()
	panic(1)
}
func mayReturn1() int {
	return 1
}
func mayLiteral() { func() { panic(1) }() }
func mayGo()      { go neverExit() }
func mayValue(f func()) { f() }
func mayMethodValue() { f := neverExit; f() }
func mayRecurse() { mayRecurse() }
func maySelect(c chan int) {
	select {
	case <-c:
	}
}

type exiter interface{ exit() }

func mayInterface(e exiter) { e.exit() }

type e struct{}

func (e) exit() { os.Exit(1) }
`

func TestNoReturn(t *testing.T) {
	program := load(t, endings)
	scope := program.pass.Pkg.Scope()
	count := 0
	check := func(fn *types.Func) {
		never, may := strings.HasPrefix(fn.Name(), "never"), strings.HasPrefix(fn.Name(), "may")
		if !never && !may {
			return
		}
		count++
		if got := program.NoReturn(fn); got != never {
			t.Errorf("%s: no return is %v", fn.Name(), got)
		}
	}
	for _, name := range scope.Names() {
		switch obj := scope.Lookup(name).(type) {
		case *types.Func:
			check(obj)
		case *types.TypeName:
			named, ok := obj.Type().(*types.Named)
			for i := range named.NumMethods() {
				if ok {
					check(named.Method(i))
				}
			}
		}
	}
	if count != 36 {
		t.Errorf("%d functions were asked about, want 36", count)
	}
}

func TestNoReturnKnowsInstances(t *testing.T) {
	program := load(t, endings)
	named, ok := program.pass.Pkg.Scope().Lookup("T").Type().(*types.Named)
	if !ok {
		t.Fatal("T has no name")
	}
	instance, err := types.Instantiate(nil, named, []types.Type{types.Typ[types.String]}, true)
	if err != nil {
		t.Fatal(err)
	}
	method, ok := types.NewMethodSet(types.NewPointer(instance)).Lookup(program.pass.Pkg, "neverMethod").Obj().(*types.Func)
	if !ok || !program.NoReturn(method) {
		t.Error("a method of an instance returns, that of its origin doesn't")
	}
}

// TestNoReturnEndsBlocks: what never returns ends a block of the SSA form.
func TestNoReturnEndsBlocks(t *testing.T) {
	program := load(t, `package p

import "os"

func die() { os.Exit(1) }

func f(n int) int {
	if n < 0 {
		die()
	}
	return n
}
`)
	for _, block := range program.Package().Func("f").Blocks {
		for i, instr := range block.Instrs {
			if _, ok := instr.(*ssa.Call); ok && len(block.Succs) > 0 {
				t.Errorf("the call of die is followed by %v and block %v", block.Instrs[i+1:], block.Succs)
			}
		}
	}
}

func TestFunctions(t *testing.T) {
	program := load(t, `package p

var late = func() func() { return func() {} }

func b() { func() { func() {}() }(); func() {}() }

type T struct{}

func (T) m() {}

func init() {}

func assembly()
`, `package p

func a() { go func() {}() }

func (*T) n() {}

func g[E any](e E) { func() {}() }

func init() { g(1) }
`)
	var got []string
	for _, fn := range program.Functions() {
		got = append(got, strings.ReplaceAll(fn.RelString(program.pass.Pkg), "command-line-arguments.", ""))
	}
	want := []string{
		"b", "b$1", "b$1$1", "b$2", "(T).m", "init#1", "assembly",
		"a", "a$1", "(*T).n", "g", "g$1", "init#2",
		"init$1", "init$1$1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("functions\n%v\nwant\n%v", got, want)
	}
	for _, fn := range program.Functions() {
		if fn.Blocks == nil && fn.Name() != "assembly" {
			t.Errorf("%s has no body", fn)
		}
	}
}

// TestInstances: a call of a generic function reaches the body of an
// instance, whose types are known.
func TestInstances(t *testing.T) {
	program := load(t, `package p

func g[E any](e E) E { return e }

func f() string { return g("x") }
`)
	f := program.Package().Func("f")
	found := false
	for _, instr := range f.Blocks[0].Instrs {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		callee := call.Call.StaticCallee()
		found = callee.Blocks != nil && callee.Origin() != nil && callee.Signature.Results().At(0).Type().String() == "string"
	}
	if !found {
		t.Errorf("f calls no instance with a body")
	}
}

func TestProgramIsBuiltOnDemand(t *testing.T) {
	program := load(t, endings)
	if program.pkg != nil || program.never != nil {
		t.Error("something is built before it is asked for")
	}
	fn, ok := program.pass.Pkg.Scope().Lookup("mayFall").(*types.Func)
	if !ok || program.NoReturn(fn) || program.pkg != nil {
		t.Error("asking what returns builds the SSA form")
	}
	if first := program.Package(); first != program.Package() {
		t.Error("built twice")
	}
}
