package drive

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/suite"
)

// TestRandomEdits edits modules at random, compiling or not, and compares
// after each edit what a run with the store of all runs before says with what
// a run without one says: findings, problems and counters, to the byte.
func TestRandomEdits(t *testing.T) {
	t.Parallel()
	steps := 40
	if testing.Short() {
		steps = 8
	}
	for name, archive := range map[string]string{"tour": tour(t), "generated": generated()} {
		for seed := range uint64(2) {
			t.Run(fmt.Sprintf("%s/%d", name, seed), func(t *testing.T) {
				t.Parallel()
				e := newEditor(t, archive, seed)
				for range steps {
					what := e.edit()
					if e.same(mustRun(t, e.opts)); t.Failed() {
						t.Fatalf("after: %s", what)
					}
				}
			})
		}
	}
}

// tour returns the module in testdata/tour, as one of its own.
func tour(t *testing.T) string {
	root := filepath.Join("..", "..", "..", "testdata", "tour")
	archive := "\n-- go.mod --\nmodule example.com/tour\n\ngo 1.26\n"
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(root, path)
		moved := strings.ReplaceAll(string(text), "github.com/goconclint/goconclint/testdata/tour", "example.com/tour")
		archive += fmt.Sprintf("-- %s --\n%s", filepath.ToSlash(name), moved)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// generated returns a module of packages in layers, each with a lock that
// helpers take and give back, types of the layer below in its own types,
// goroutines, callbacks, and tests of both kinds.
func generated() string {
	var b strings.Builder
	b.WriteString("\n-- go.mod --\nmodule g\n\ngo 1.26\n")
	for layer := range 4 {
		for i := range 2 {
			p := fmt.Sprintf("p%d%d", layer, i)
			fmt.Fprintf(&b, "-- %s/%s.go --\npackage %s\n\nimport \"sync\"\n", p, p, p)
			if layer > 0 {
				fmt.Fprintf(&b, "import b0 \"g/p%d0\"\nimport b1 \"g/p%d1\"\n", layer-1, layer-1)
			}
			b.WriteString(generatedTypes)
			if layer > 0 {
				b.WriteString(generatedUses)
			}
			fmt.Fprintf(&b, "-- %s/in_test.go --\npackage %s\n\nimport \"testing\"\n%s", p, p, generatedTest)
			fmt.Fprintf(&b, "-- %s/x_test.go --\npackage %s_test\n\nimport (\n\t\"testing\"\n\n\t\"g/%s\"\n)\n%s", p, p, p,
				fmt.Sprintf("\nfunc TestOutside(t *testing.T) {\n\tvar s %s.Store\n\ts.Take()\n\ts.Take()\n\tgo t.Log(s.All())\n}\n", p))
		}
	}
	return b.String()
}

const generatedTypes = `
// Store guards a map.
type Store struct {
	mu    sync.Mutex
	words map[string]int
}

// Take leaves the store locked.
func (s *Store) Take() { s.mu.Lock() }

// Give unlocks it.
func (s *Store) Give() { s.mu.Unlock() }

// With runs f under the lock.
func (s *Store) With(f func()) {
	s.Take()
	defer s.Give()
	f()
}

// All counts the words.
func (s *Store) All() int {
	s.mu.Lock()
	n := len(s.words)
	s.mu.Unlock()
	return n
}

// Fill starts a goroutine for each word.
func Fill(words []string) map[string]int {
	counts := make(map[string]int)
	for _, w := range words {
		go func() { counts[w]++ }()
	}
	return counts
}

func (s *Store) set(w string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.words[w] = 1
}
`

const generatedUses = `
// Both has a store of each package below.
type Both struct {
	First  b0.Store
	Second *b1.Store
}

// Deep locks twice, by way of the package below.
func (b *Both) Deep() {
	b.First.With(func() { b.First.All() })
}

// Count takes two locks.
func (b *Both) Count() int {
	b.First.Take()
	n := b.Second.All()
	b.First.Give()
	return n
}

// Forget leaves a lock behind on one path.
func (b *Both) Forget(early bool) {
	b.Second.Take()
	if early {
		return
	}
	b.Second.Give()
}
`

const generatedTest = `
func TestInside(t *testing.T) {
	t.Parallel()
	s := Store{words: make(map[string]int)}
	go s.set("a")
	s.words["b"] = 2
	t.Log(s.All(), Fill(nil))
}
`

// An editor edits a module.
type editor struct {
	*tree
	rand  *rand.Rand
	files map[string]string // as they were at the beginning
	count int
}

func newEditor(t *testing.T, archive string, seed uint64) *editor {
	var analyzers []*analysis.Analyzer
	for _, check := range suite.All() {
		analyzers = append(analyzers, check.Analyzer)
	}
	e := &editor{tree: newTree(t, archive, analyzers...), rand: rand.New(rand.NewPCG(seed, 1)), files: make(map[string]string)}
	for _, name := range e.names() {
		e.files[name] = e.read(name)
	}
	return e
}

// names returns the Go files of the module.
func (e *editor) names() []string {
	var list []string
	for _, pattern := range []string{"*.go", "*/*.go"} {
		found, _ := filepath.Glob(filepath.Join(e.dir, pattern))
		list = append(list, found...)
	}
	for i, name := range list {
		rest, _ := filepath.Rel(e.dir, name)
		list[i] = filepath.ToSlash(rest)
	}
	return list
}

func (e *editor) read(name string) string {
	text, err := os.ReadFile(filepath.Join(e.dir, filepath.FromSlash(name)))
	if err != nil {
		e.Fatal(err)
	}
	return string(text)
}

// edit makes a random edit and says what it was.
func (e *editor) edit() string {
	e.count++
	names := e.names()
	name := names[e.rand.IntN(len(names))]
	text := e.read(name)
	kinds := []string{"comment", "line", "statement", "twice", "drop", "new", "field", "syntax", "test", "remove", "version", "ignore", "restore", "restore", "restore"}
	kind := kinds[e.rand.IntN(len(kinds))]
	switch kind {
	case "comment":
		text = e.insert(text, e.declarations(text), fmt.Sprintf("// Note %d.\n", e.count))
	case "line":
		text = e.insert(text, e.statements(text), "\n\n")
	case "statement":
		text = e.insert(text, e.statements(text), fmt.Sprintf("_ = %d\n", e.count))
	case "twice", "drop":
		text = e.repeat(text, kind == "twice")
	case "new":
		text += fmt.Sprintf("\nfunc New%d() {}\n", e.count)
	case "field":
		text = strings.Replace(text, "struct {\n", fmt.Sprintf("struct {\n\tNew%d int\n", e.count), 1)
	case "syntax":
		text += "\nfunc {\n"
	case "test":
		name = filepath.ToSlash(filepath.Join(filepath.Dir(name), fmt.Sprintf("more%d.go", e.count)))
		head, _, _ := strings.Cut(text, "\n\n")
		text = head + fmt.Sprintf("\n\nfunc more%d() {}\n", e.count)
	case "remove":
		if err := os.Remove(filepath.Join(e.dir, filepath.FromSlash(name))); err != nil {
			e.Fatal(err)
		}
		return kind + " " + name
	case "version":
		name, text = "go.mod", strings.Split(e.read("go.mod"), "\n")[0]+fmt.Sprintf("\n\ngo 1.%d\n", 20+e.rand.IntN(7))
	case "ignore":
		text = e.insert(text, e.statements(text), "//goconclint:ignore mapguard,relock for the test\n")
	case "restore":
		kept := slices.Sorted(func(yield func(string) bool) {
			for name := range e.files {
				if !yield(name) {
					return
				}
			}
		})
		name = kept[e.rand.IntN(len(kept))]
		text = e.files[name]
	}
	e.write(name, text)
	return fmt.Sprintf("%s %s\n%s", kind, name, text)
}

// insert puts text in front of one of the places.
func (e *editor) insert(text string, places []int, inserted string) string {
	if len(places) == 0 {
		return text
	}
	at := places[e.rand.IntN(len(places))]
	return text[:at] + inserted + text[at:]
}

// declarations and statements return where in the text they begin, as far as
// it parses.
func (e *editor) declarations(text string) []int {
	return places(text, func(n ast.Node) bool { _, ok := n.(ast.Decl); return ok })
}

func (e *editor) statements(text string) []int {
	return places(text, isStatement)
}

func isStatement(n ast.Node) bool {
	switch n.(type) {
	case *ast.ExprStmt, *ast.DeferStmt, *ast.GoStmt, *ast.ReturnStmt, *ast.IfStmt, *ast.RangeStmt:
		return true
	}
	return false
}

func places(text string, wanted func(ast.Node) bool) []int {
	var list []int
	eachPlace(text, wanted, func(start, _ int) { list = append(list, start) })
	return list
}

func eachPlace(text string, wanted func(ast.Node) bool, f func(start, end int)) {
	fset := token.NewFileSet()
	file, _ := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if file == nil {
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if n != nil && n.Pos().IsValid() && wanted(n) {
			f(fset.Position(n.Pos()).Offset, min(fset.Position(n.End()).Offset, len(text)))
		}
		return true
	})
}

// repeat writes a statement twice, or removes it.
func (e *editor) repeat(text string, twice bool) string {
	var list [][2]int
	eachPlace(text, isStatement, func(start, end int) { list = append(list, [2]int{start, end}) })
	if len(list) == 0 {
		return text
	}
	at := list[e.rand.IntN(len(list))]
	var b bytes.Buffer
	b.WriteString(text[:at[0]])
	if twice {
		b.WriteString(text[at[0]:at[1]] + "\n" + text[at[0]:at[1]])
	}
	b.WriteString(text[at[1]:])
	return b.String()
}
