package output

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/source"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// example is a report with one of each thing that a format has to show. Its
// files lie in testdata, which is the base.
func example(t *testing.T) (Base, Report) {
	base, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	at := func(line, from, to int) finding.Range {
		file := filepath.Join(base, "cache.go")
		return finding.Range{
			Start: finding.Position{File: file, Line: line, Column: from},
			End:   finding.Position{File: file, Line: line, Column: to},
		}
	}
	manyLines := at(15, 2, 1)
	manyLines.End.Line = 18
	gone := at(3, 1, 2)
	gone.Start.File = filepath.Join(base, "gone.go")
	noColumn := finding.Range{Start: finding.Position{File: filepath.Join(base, "half.go"), Line: 7}}
	return Base(base), Report{
		Tool:     Tool{"goconclint", "v0.1.0", "go1.26.0"},
		Files:    new(source.Files),
		Packages: 3,
		Analysed: []string{"example.com/cache", "example.com/half", "example.com/odd"},
		Findings: []finding.Finding{
			{
				Check: "mapguard", Message: "map c.items is written here while\nanother goroutine reads it", Package: "example.com/cache",
				URL: "https://example.com/mapguard.md", Range: at(11, 2, 9),
				Related: []finding.Related{{Range: at(15, 2, 4), Message: "goroutine started here"}, {Range: at(16, 7, 14), Message: "read here"}},
				Fixes:   []finding.Fix{{Message: "Lock c.mu", Edits: []finding.Edit{{File: filepath.Join(base, "cache.go"), Start: 120, End: 120, New: "c.mu.Lock()\n<&>"}}}},
			},
			{Check: "guardedby", Kind: "escape", Low: true, Message: "c.items leaves its lock", Range: manyLines},
			{
				Check: "datarace", Severity: finding.Error, Fingerprint: "0123456789ab", Message: "c.items[k](v) is written while <others> read it, 100%", Package: "example.com/cache", Range: at(11, 2, 9),
				Related: []finding.Related{
					{Range: at(15, 2, 4), Message: "g0: go -> g1"},
					{Range: at(11, 2, 9), Message: "g0: write `c.items` (holds c.mu)"},
					{Range: at(16, 7, 14), Message: "g1: read `c.items`"},
				},
			},
			{Check: "deferargs", Suppressed: "the early\tvalue is meant", Message: "err is evaluated here", Range: gone},
		},
		Problems: []finding.Problem{
			{Message: "undefined: x", Package: "example.com/half", Range: noColumn},
			{Message: "no Go files", Package: "example.com/empty"},
			{Message: "panic in mapguard", Package: "example.com/odd", Range: at(1, 1, 2), Internal: true, Detail: "goroutine 1"},
		},
	}
}

func TestFormats(t *testing.T) {
	base, report := example(t)
	var plain, colored bytes.Buffer
	if err := errors.Join(Terminal{Base: base, Width: 60}.Print(&plain, report), Terminal{Base: base, Color: true}.Print(&colored, report)); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]*bytes.Buffer{"terminal.golden": &plain, "colored.golden": &colored} {
		compare(t, name, got.Bytes())
	}
	for _, name := range Formats() {
		if name == "html" {
			continue // mostly style and script: TestHTML reads what is in it
		}
		format, _ := FormatNamed(name)
		if name == "sarif" {
			format = bareSARIF
		}
		var got bytes.Buffer
		if err := format(&got, base, report); err != nil {
			t.Fatal(err)
		}
		compare(t, name+".golden", got.Bytes())
	}
}

// bareSARIF leaves out what checks say about themselves: their documentation
// isn't our business here (TestSARIFIsValid sees to it).
func bareSARIF(w io.Writer, base Base, r Report) error {
	return writeSARIF(w, base, r, namedRule)
}

// TestNothing shows what each format says when there is nothing to say.
func TestNothing(t *testing.T) {
	var text, terminal, json bytes.Buffer
	if err := Text(&text, "/", Report{Packages: 2}); err != nil || text.Len() > 0 {
		t.Errorf("text: %q, %v", text.String(), err)
	}
	if err := (Terminal{}).Print(&terminal, Report{Packages: 2}); err != nil {
		t.Fatal(err)
	}
	if got := terminal.String(); got != "no findings in 2 packages\n" {
		t.Errorf("terminal: %q", got)
	}
	if err := JSON(&json, "/", Report{Interrupted: true}); err != nil {
		t.Fatal(err)
	}
	compare(t, "empty.golden", json.Bytes())
	for name, want := range map[string]string{"github": "::warning title=goconclint incomplete::1 finding more, left out by -max\n", "junit": `<error message="interrupted: there may be more" type="incomplete">`} {
		var out bytes.Buffer
		format, _ := FormatNamed(name)
		if err := format(&out, "/", Report{Interrupted: true, Omitted: 1}); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%s of what isn't all is %s, %v", name, out.String(), err)
		}
	}
}

func compare(t *testing.T, name string, got []byte) {
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
	}
}

func TestPath(t *testing.T) {
	for _, test := range []struct{ base, file, want string }{
		{"/home/u/m", "/home/u/m/a/b.go", "a/b.go"},
		{"/home/u/m/cmd", "/home/u/m/a/b.go", "../a/b.go"},
		{"/home/u/m", "/go/src/io/io.go", "/go/src/io/io.go"}, // shorter
		{"/home/u/m", "", ""},
	} {
		if got := Base(filepath.FromSlash(test.base)).Path(filepath.FromSlash(test.file)); got != filepath.FromSlash(test.want) {
			t.Errorf("%s seen from %s: %s, want %s", test.file, test.base, got, test.want)
		}
	}
}

func TestDiff(t *testing.T) {
	const diff = "diff a/m.go b/m.go\n--- a/m.go\n+++ b/m.go\n@@ -1 +1 @@\n x\n-y\n+z"
	var plain, colored bytes.Buffer
	if err := errors.Join(Terminal{}.Diff(&plain, []byte(diff)), Terminal{Color: true}.Diff(&colored, []byte(diff))); err != nil {
		t.Fatal(err)
	}
	if plain.String() != diff {
		t.Errorf("without colours: %q", plain.String())
	}
	want := "\x1b[1mdiff a/m.go b/m.go\x1b[0m\n\x1b[1m--- a/m.go\x1b[0m\n\x1b[1m+++ b/m.go\x1b[0m\n\x1b[36m@@ -1 +1 @@\x1b[0m\n x\n\x1b[31m-y\x1b[0m\n\x1b[32m+z\x1b[0m"
	if colored.String() != want {
		t.Errorf("got  %q\nwant %q", colored.String(), want)
	}
}
