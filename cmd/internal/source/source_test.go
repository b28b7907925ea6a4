package source

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

const sample = "\ufeffpackage p\r\n\r\nfunc (l *List[T]) Add(v T) {\r\n\t_ = \"é😀\" + x\r\n}\r\n\r\nvar y = 1\r\n"

func TestFiles(t *testing.T) {
	name := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(name, []byte(sample), 0o666); err != nil {
		t.Fatal(err)
	}
	var files Files
	if line, ok := files.Line(name, 1); !ok || line != "\ufeffpackage p" {
		t.Errorf("line 1 is %q, %v", line, ok)
	}
	for _, number := range []int{0, 9, 100} {
		if line, ok := files.Line(name, number); ok {
			t.Errorf("there is a line %d, %q", number, line)
		}
	}
	for line, want := range map[int]string{1: "", 3: "List.Add", 5: "List.Add", 7: ""} {
		if got := files.Function(name, line); got != want {
			t.Errorf("line %d is in %q, want %q", line, got, want)
		}
	}
	if at := (finding.Position{File: name, Line: 4, Column: 16}); files.Column16(at) != 13 {
		t.Errorf("column 16 is %d in UTF-16, want 13", files.Column16(at))
	}
	if at, ok := files.Position(name, 16); !ok || at.Line != 3 || at.Column != 1 {
		t.Errorf("offset 16 is %+v, %v", at, ok)
	}
}

func TestNoFile(t *testing.T) {
	var files Files
	if _, ok := files.Line("gone.go", 1); ok {
		t.Error("a file that isn't there has a line")
	}
	if _, ok := files.Position("gone.go", 0); ok {
		t.Error("a file that isn't there has a position")
	}
	if got := files.Function("gone.go", 1); got != "" {
		t.Errorf("a file that isn't there has a function %s", got)
	}
	if got := files.Column16(finding.Position{File: "gone.go", Line: 1, Column: 7}); got != 7 {
		t.Errorf("column is %d, want the bytes", got)
	}
}
