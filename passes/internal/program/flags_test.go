package program

import (
	"go/ast"
	"strings"
	"testing"
)

// Each function starts at begin() and comes to goal() or doesn't, as its name
// says.
const flagged = `package p

func begin()
func goal()
func more() bool

func reachesPlain(stop bool) {
	for more() {
		begin()
		if !stop { goal() }
	}
}

func missesLearnt(stop bool) {
	for more() {
		if !stop { continue }
		begin()
		if !stop { goal() }
	}
}

func missesSet() {
	var done bool
	for more() {
		if done && more() { goal(); return }
		if done { continue }
		done = true
		begin()
		if !done { goal() }
		return
	}
}

func reachesReset(stop bool) {
	for more() {
		if stop {
			begin()
			stop = more()
			continue
		}
		goal()
	}
}

func missesQuic() {
	var stopping bool
	for {
		if more() {
			stopping = more()
			if !stopping { break }
			begin()
			continue
		}
		if stopping { continue }
		goal()
	}
}

func reachesLiteral(run func(func())) {
	var stopping bool
	run(func() { stopping = false })
	for {
		if more() {
			stopping = more()
			if !stopping { break }
			begin()
			continue
		}
		if stopping { continue }
		goal()
	}
}

func reachesAddress(run func(*bool)) {
	stop := false
	run(&stop)
	if !stop {
		begin()
		for stop { goal() }
	}
}
`

func TestSearchFlags(t *testing.T) {
	program := load(t, flagged)
	pass := program.pass
	for _, decl := range pass.Files[0].Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		graph := program.Graph(fn.Body)
		calls := make(map[string]ast.Node)
		ast.Inspect(fn, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if id, ok := call.Fun.(*ast.Ident); ok {
					calls[id.Name] = call
				}
			}
			return true
		})
		from, ok := graph.Find(calls["begin"])
		if !ok {
			t.Fatalf("%s doesn't begin", fn.Name.Name)
		}
		reached := false
		graph.SearchFlags(pass.TypesInfo, fn.Body, from, func(s Step) bool {
			step, ok := graph.Find(calls["goal"])
			reached = reached || ok && step.index == s.index
			return true
		})
		if want := strings.HasPrefix(fn.Name.Name, "reaches"); reached != want {
			t.Errorf("%s: reached is %v", fn.Name.Name, reached)
		}
	}
}
