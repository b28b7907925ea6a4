package directive

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// covers is a file in which a line that ends in "// silent" is one where
// mapguard is silenced, and every other is not.
const covers = `package p

import "fmt"

var m = map[string]int{}

func trailing() {
	m["a"] = 1
	m["b"] = 2 //goconclint:ignore mapguard why // silent
	m["c"] = 3
}

func above() {
	//goconclint:ignore mapguard why
	m["a"] = 1 // silent
	m["b"] = 2
}

func aboveGroup() {
	// The comment is part of a group of lines,
	//goconclint:ignore mapguard why
	// and what the group stands above is meant.
	m["a"] = 1 // silent
	m["b"] = 2
}

func aboveComment() {
	//goconclint:ignore mapguard why
	/* what follows is meant */ m["a"] = 1 // silent
	m["b"] = 2
}

func aboveBlock() {
	//goconclint:ignore mapguard why
	for range m { // silent
		m["a"] = 1
	}
}

func aboveVar() {
	//goconclint:ignore mapguard why
	var f = func() { // silent
		m["a"] = 1 // silent
	} // silent
	f()
}

// declaration is silent as a whole.
//
//goconclint:ignore mapguard why
func declaration() { // silent
	m["a"] = 1 // silent
	m["b"] = 2 // silent
} // silent

func firstLine() { //goconclint:ignore mapguard why // silent
	m["a"] = 1 // silent
} // silent

func argument() {
	fmt.Println(
		m["a"],
		m["b"], //goconclint:ignore mapguard why // silent
		m["c"],
	)
}

func closing() {
	fmt.Println(
		m["a"],
	) //goconclint:ignore mapguard why // silent
	m["a"] = 1
}

func noReason() {
	m["a"] = 1 //goconclint:ignore mapguard
}

func another() {
	m["a"] = 1 //goconclint:ignore deferloop why
	m["b"] = 1 //nolint:goconclint // silent
}

var (
	//goconclint:ignore mapguard why
	x = m["a"] // silent
	y = m["b"]
)
`

func index(t *testing.T, text string) (*Index, *token.File) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return newIndex(fset, []*ast.File{file}), fset.File(file.FileStart)
}

func TestSilences(t *testing.T) {
	for _, newline := range []string{"\n", "\r\n"} {
		x, file := index(t, strings.ReplaceAll(covers, "\n", newline))
		for i, text := range strings.Split(covers, "\n")[:file.LineCount()-1] {
			want := strings.HasSuffix(text, "// silent")
			if got := x.Silences("mapguard", file.LineStart(i+1)) != nil; got != want {
				t.Errorf("line %d with newline %q: silenced is %v, want %v: %s", i+1, newline, got, want, text)
			}
		}
	}
}

func TestSilencesFile(t *testing.T) {
	x, file := index(t, "//goconclint:file-ignore mapguard why\n\npackage p\n\nvar a = 1\n")
	for line := 1; line <= 5; line++ {
		if x.Silences("mapguard", file.LineStart(line)) == nil {
			t.Errorf("line %d isn't silenced", line)
		}
	}
	if x.Silences("deferloop", file.LineStart(5)) != nil {
		t.Error("another check is silenced")
	}
	if x.Silences("mapguard", token.NoPos) != nil {
		t.Error("no position is silenced")
	}
}

// TestSilencesVet shows that a comment for go vet silences its passes, with or
// without a reason, and only in the form of comment that go vet's users write.
func TestSilencesVet(t *testing.T) {
	x, file := index(t, `package p

var a = 1 //nolint:govet
var b = 1 //nolint:errcheck,govet // why
var c = 1 //goconclint:ignore govet why
var d = 1 //nolint:mapguard,govet
`)
	for line, want := range map[int]string{3: "//nolint:govet", 4: "why", 5: "", 6: "//nolint:mapguard,govet"} {
		got := ""
		if placed := x.Silences("copylocks", file.LineStart(line)); placed != nil {
			got = placed.Why()
		}
		if got != want {
			t.Errorf("line %d: copylocks is silenced by %q, want %q", line, got, want)
		}
		if x.Silences("mapguard", file.LineStart(line)) != nil {
			t.Errorf("line %d: mapguard is silenced", line)
		}
	}
}

func TestNaming(t *testing.T) {
	x, _ := index(t, `package p

//goconclint:ignore mapguard first
var a = 1 //goconclint:ignore deferloop,mapguard second

//goconclint:ignore goconclint every check
var b = 1 //goconclint:ignore mapguard
`)
	var reasons []string
	for _, placed := range x.Naming("mapguard") {
		reasons = append(reasons, placed.Reason)
	}
	if want := []string{"first", "second"}; !slices.Equal(reasons, want) {
		t.Errorf("comments to judge: %q, want %q", reasons, want)
	}
}
