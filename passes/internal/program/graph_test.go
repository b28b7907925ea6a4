package program

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"golang.org/x/tools/go/cfg"
)

// Calls of mark(n) name steps; each line below says which mark leads to which.
const marked = `package p

func f(xs []int, done, work chan int) {
	mark(0)
	for i := range xs {
		mark(1)
		if i > 5 {
			mark(2)
			break
		}
		mark(3)
	}
	mark(4)
	select {
	case <-done:
		mark(5)
		return
	case v := <-work:
		mark(6, v)
	}
	for {
		mark(7)
	}
	mark(8)
}`

func TestReaches(t *testing.T) {
	graph, marks := markedGraph(t)
	for _, edge := range []struct {
		from, to int
		want     bool
	}{
		{0, 1, true}, {1, 1, true}, {0, 0, false}, {3, 1, true}, {3, 2, true},
		{2, 1, false}, {2, 4, true}, {4, 6, true}, {5, 6, false}, {5, 7, false},
		{6, 7, true}, {7, 7, true}, {7, 4, false}, {4, 8, false},
	} {
		from, _ := graph.Find(marks[edge.from])
		to, found := graph.Find(marks[edge.to])
		if !found {
			t.Fatalf("mark %d is in no step", edge.to)
		}
		if got := graph.Reaches(from, to, func(Step) bool { return false }); got != edge.want {
			t.Errorf("mark %d reaches %d: %v, want %v", edge.from, edge.to, got, edge.want)
		}
	}
}

// TestReachesStops walks around a loop and is stopped at the start of the
// next iteration, and passes a communication only in the clause chosen.
func TestReachesStops(t *testing.T) {
	graph, marks := markedGraph(t)
	from, _ := graph.Find(marks[3])
	to, _ := graph.Find(marks[2])
	if graph.Reaches(from, to, func(s Step) bool { _, head := s.Node.(*ast.RangeStmt); return head }) {
		t.Error("the next iteration is reached without its start")
	}
	received := func(s Step) bool { _, assigns := s.Node.(*ast.AssignStmt); return assigns }
	from, _ = graph.Find(marks[4])
	for mark, want := range map[int]bool{5: true, 6: false} {
		to, _ := graph.Find(marks[mark])
		if got := graph.Reaches(from, to, received); got != want {
			t.Errorf("mark %d is reached without receiving v: %v, want %v", mark, got, want)
		}
	}
}

func markedGraph(t *testing.T) (*Graph, map[int]ast.Node) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", marked, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	body := file.Decls[0].(*ast.FuncDecl).Body
	marks := make(map[int]ast.Node)
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			marks[int(call.Args[0].(*ast.BasicLit).Value[0]-'0')] = call
		}
		return true
	})
	return newGraph(cfg.New(body, func(*ast.CallExpr) bool { return true })), marks
}
