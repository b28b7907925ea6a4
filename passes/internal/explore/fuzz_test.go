package explore

import (
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goconclint/goconclint/passes/internal/explore/differential"
)

// FuzzExplore takes a program, generated or one of testdata/programs, and
// deletes, copies, swaps and moves lines of it. Whatever comes out, if it is
// type-correct, the machine never panics, never runs past its budget, says
// the same twice, and its findings are whole.
func FuzzExplore(f *testing.F) {
	files := readPrograms(f)
	for seed := range uint64(8) {
		f.Add(seed, []byte(nil))
		f.Add(seed, []byte{0, 14, 0, 2, 20, 25, 3, 30, 18})
	}
	imports := importerOf(f, token.NewFileSet(), map[string]bool{"sync": true, "sync/atomic": true, "time": true, "context": true, "errors": true, "fmt": true})
	f.Fuzz(func(t *testing.T, seed uint64, edits []byte) {
		text := differential.Generate(seed, 2).Plain()
		if i := int(seed % 8); i < len(files) {
			text = files[i]
		}
		src, err := build(token.NewFileSet(), map[string]string{"f.go": edited(text, edits)}, imports)
		if err != nil {
			t.Skip(err)
		}
		if first, second := src.fuzzed(t), src.fuzzed(t); first != second {
			t.Errorf("two runs differ:\n%s\n%s", first, second)
		}
	})
}

func readPrograms(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("testdata/programs/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	return texts
}

// edited applies edits of three bytes: what is done to which lines.
func edited(text string, edits []byte) string {
	lines := strings.Split(text, "\n")
	for edit := range slices.Chunk(edits, 3) {
		if len(edit) < 3 {
			break
		}
		a, b := int(edit[1])%len(lines), int(edit[2])%len(lines)
		switch line := lines[a]; edit[0] % 4 {
		case 0:
			lines[a] = ""
		case 1:
			lines = slices.Insert(lines, b, line)
		case 2:
			lines[a], lines[b] = lines[b], lines[a]
		case 3:
			lines = slices.Insert(slices.Delete(lines, a, a+1), min(b, len(lines)-1), line)
		}
	}
	return strings.Join(lines, "\n")
}

// fuzzed explores all entries of a package and renders the findings.
func (s *source) fuzzed(t *testing.T) string {
	small := Budget{States: 40, Steps: 1_000, Quiet: 500, Bound: 1}
	r := Explore(s.pkg, Entries(s.pkg, s.funcs), small)
	for _, err := range r.Errors {
		t.Error(err)
	}
	for _, e := range r.Entries {
		if e.Steps > maxAttempts*(small.Steps+1) || e.States > maxAttempts*(small.States+1) {
			t.Errorf("past the budget: %+v", e)
		}
	}
	var b strings.Builder
	for _, f := range r.Findings {
		b.WriteString(f.Entry + " " + string(f.Kind))
		for _, o := range f.Ops {
			s.checkPlace(t, f, o.Pos, o.Goroutine)
			b.WriteString(" " + s.at(o.Pos))
		}
		for _, step := range f.Steps {
			s.checkPlace(t, f, step.Pos, step.Goroutine)
			b.WriteString(" " + step.What + s.at(step.Pos))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// checkPlace asserts that an operation or step lies in the program and
// belongs to a goroutine of the finding, if it is known.
func (s *source) checkPlace(t *testing.T, f *Finding, pos token.Pos, goroutine int) {
	t.Helper()
	if !pos.IsValid() || s.fset.Position(pos).Filename == "" || goroutine < -1 || goroutine >= len(f.Goroutines) {
		t.Errorf("%s in %s: at %v, goroutine %d of %d", f.Kind, f.Entry, s.fset.Position(pos), goroutine, len(f.Goroutines))
	}
}
