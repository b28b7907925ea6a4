package fix

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// home keeps journals in a directory of the test's.
func home(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	t.Setenv("HOME", dir)
	t.Setenv("LocalAppData", dir)
	return dir
}

func file(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func content(t *testing.T, path string) string {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

// replacing is a fix that replaces a text in a file.
func replacing(path, old, text string) Choice {
	code, _ := os.ReadFile(path)
	start := strings.Index(string(code), old)
	edit := finding.Edit{File: path, Start: start, End: start + len(old), New: text, Sum: sum(code)}
	return Choice{Fix: finding.Fix{Edits: []finding.Edit{edit}}}
}

func TestPlan(t *testing.T) {
	dir := home(t)
	for _, test := range []struct{ name, code, old, text, want string }{
		{"formatted", "package p\n\nvar x = 1\n", "x = 1", "x   =   2", "package p\n\nvar x = 2\n"},
		{"not formatted", "package p\nvar  x = 1\n", "x = 1", "x =   2", "package p\nvar  x =   2\n"},
		{"CRLF", "package p\r\n\r\nvar x = 1\r\n", "x = 1", "x = 2\nvar y = 3", "package p\r\n\r\nvar x = 2\r\nvar y = 3\r\n"},
		{"byte order mark", "\ufeffpackage p\n\nvar x = 1\n", "x = 1", "x =  2", "\ufeffpackage p\n\nvar x = 2\n"},
		{"import left unused", "package p\n\nimport (\n\t\"errors\"\n\t\"fmt\"\n)\n\nvar x = fmt.Sprint(1)\nvar e = errors.New(x)\n", "fmt.Sprint(1)", `"1"`,
			"package p\n\nimport (\n\t\"errors\"\n)\n\nvar x = \"1\"\nvar e = errors.New(x)\n"},
	} {
		path := file(t, dir, "p.go", test.code)
		p, err := Make([]Choice{replacing(path, test.old, test.text)})
		if err != nil {
			t.Fatal(err)
		}
		if got := string(p.Changes[0].New); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestConflicts(t *testing.T) {
	path := file(t, home(t), "p.go", "package p\n\nvar x, y = 1, 2\n")
	first, same, other := replacing(path, "1, 2", "3, 4"), replacing(path, "1, 2", "3, 4"), replacing(path, "2", "5")
	p, err := Make([]Choice{first, same, other})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Done) != 2 || len(p.Conflicts) != 1 {
		t.Errorf("%d are done, %d in conflict", len(p.Done), len(p.Conflicts))
	}
	if want := "package p\n\nvar x, y = 3, 4\n"; string(p.Changes[0].New) != want {
		t.Errorf("the file becomes %q", p.Changes[0].New)
	}
	if diff := string(p.Diff(filepath.Base)); !strings.Contains(diff, "--- a/p.go\n+++ b/p.go\n") || !strings.Contains(diff, "+var x, y = 3, 4\n") {
		t.Errorf("diff:\n%s", diff)
	}
}

func TestChanged(t *testing.T) {
	path := file(t, home(t), "p.go", "package p\n\nvar x = 1\n")
	choice := replacing(path, "1", "2")
	file(t, filepath.Dir(path), "p.go", "package p\n\nvar y = 1\n")
	if _, err := Make([]Choice{choice}); err == nil || !strings.Contains(err.Error(), "has changed since") {
		t.Errorf("a file that changed: %v", err)
	}
}

// TestAllOrNone lets the last file be one that can't be written, or that
// somebody has changed at the last moment.
func TestAllOrNone(t *testing.T) {
	dir := home(t)
	a, b := file(t, dir, "a.go", "package p\n\nvar a = 1\n"), file(t, dir, "b.go", "package p\n\nvar b = 1\n")
	p, err := Make([]Choice{replacing(a, "1", "2"), replacing(b, "1", "2")})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(b, 0o444); err != nil {
		t.Fatal(err)
	}
	if err := p.Write(); err == nil || !strings.Contains(err.Error(), "nothing is fixed: ") {
		t.Errorf("a file is read-only: %v", err)
	}
	if err := os.Chmod(b, 0o644); err != nil {
		t.Fatal(err)
	}
	file(t, dir, "b.go", "package p\n\nvar other = 1\n")
	if err := p.Write(); err == nil || !strings.Contains(err.Error(), "has changed") {
		t.Errorf("a file has changed: %v", err)
	}
	if got := content(t, a); got != "package p\n\nvar a = 1\n" {
		t.Errorf("a.go is %q", got)
	}
	clean(t, dir)

	file(t, dir, "b.go", "package p\n\nvar b = 1\n")
	if err := p.Write(); err != nil {
		t.Fatal(err)
	}
	if got := content(t, a) + content(t, b); got != "package p\n\nvar a = 2\npackage p\n\nvar b = 2\n" {
		t.Errorf("the files are %q", got)
	}
	clean(t, dir)
}

// clean checks that nothing is left behind.
func clean(t *testing.T, dir string) {
	t.Helper()
	if left, _ := filepath.Glob(filepath.Join(dir, prefix+"*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	journals, err := journalDir()
	if err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(journals, "*")); len(left) > 0 {
		t.Errorf("journals left behind: %v", left)
	}
}

// TestRecover plays runs that were killed: before all new files were there,
// and between two replacements.
func TestRecover(t *testing.T) {
	dir := home(t)
	a, b := file(t, dir, "a.go", "new a"), file(t, dir, "b.go", "old b")
	tempA, tempB := filepath.Join(dir, prefix+"1-0"), file(t, dir, prefix+"1-1", "new b")
	j := journal{[]replacement{{a, tempA, sum([]byte("old a")), sum([]byte("new a"))}, {b, tempB, sum([]byte("old b")), sum([]byte("new b"))}}}
	list, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	journals, err := journalDir()
	if err != nil {
		t.Fatal(err)
	}

	file(t, journals, "1.json", string(list)+"\n"+complete)
	finished, err := Recover()
	if err != nil || len(finished) != 1 || finished[0] != b {
		t.Errorf("finished %v, %v", finished, err)
	}
	if got := content(t, a) + content(t, b); got != "new anew b" {
		t.Errorf("the files are %q", got)
	}
	clean(t, dir)

	file(t, dir, "b.go", "old b")
	file(t, dir, filepath.Base(tempB), "ne")
	file(t, journals, "1.json", string(list)+"\n")
	if finished, err := Recover(); err != nil || len(finished) != 0 {
		t.Errorf("finished %v, %v", finished, err)
	}
	if got := content(t, b); got != "old b" {
		t.Errorf("b.go is %q", got)
	}
	clean(t, dir)
}
