package cli

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/fix"
	"github.com/goconclint/goconclint/cmd/internal/output"
)

// TestStillCompiles refuses fixes after which the code wouldn't compile.
func TestStillCompiles(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("GOFLAGS", "")
	for name, content := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.25\n",
		"m.go":   "package m\n\nvar X = 1\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	o := &options{dir: dir}
	for content, want := range map[string]string{
		"package m\n\nvar X = 2\n": "",
		"package m\n\nvar X = y\n": "nothing is fixed: the code wouldn't compile any more: m.go:3:9: undefined: y",
		"package m\n\nvar X = \n":  "nothing is fixed: the code wouldn't compile any more: ",
	} {
		plan := &fix.Plan{Changes: []fix.Change{{File: filepath.Join(dir, "m.go"), New: []byte(content)}}}
		err := o.stillCompiles(t.Context(), plan, nil, output.Base(dir))
		if err != nil {
			if got := err.Error(); want == "" || !strings.HasPrefix(got, want) {
				t.Errorf("%q: %s, want %s", content, got, want)
			}
		} else if want != "" {
			t.Errorf("%q compiles", content)
		}
	}
}

func TestPrompt(t *testing.T) {
	for _, test := range []struct {
		input string
		fixes int
		want  string
	}{
		{"y\n", 1, "y"}, {"Yes\n", 1, "y"}, {"n\n", 1, "n"}, {"\nwhat\nq\n", 1, "q"}, {"", 1, "q"}, {"3\n2\n", 2, "2"}, {"a", 2, "a"},
	} {
		if got := prompt(t.Context(), linesOf(t.Context(), strings.NewReader(test.input)), io.Discard, test.fixes); got != test.want {
			t.Errorf("%q means %q, want %q", test.input, got, test.want)
		}
	}
}
