package config

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

var update = flag.Bool("update", false, "rewrite the table in docs/config.md")

func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), Name)
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRead(t *testing.T) {
	path := write(t, `
enable: [checkthenact, hot]
disable: hotpointer
groups: &list [races]
only: *list
as-of: v0.1.0
settings:
  unsafeshare: {types: [a.B, c.D]}
  hotpointer:
    loops: true
severity: {deferloop: info}
paths:
  - disable: [all]
    path: gen/**
    severity: {races: warning}
tests: false
format: [text, sarif=out.sarif]
max: 50
`)
	file, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	var args []string
	for _, f := range file.Flags {
		args = append(args, strings.ReplaceAll(f.Arg(), filepath.ToSlash(filepath.Dir(path)), "DIR"))
	}
	const want = "-enable=checkthenact,hot -disable=hotpointer -group=races -races=true -as-of=v0.1.0 " +
		"-unsafeshare.types=a.B,c.D -hotpointer.loops=true -severity=deferloop=info " +
		"-path=DIR/gen/**:disable=all -path=DIR/gen/**:severity=races=warning " +
		"-tests=false -f=text -f=sarif=out.sarif -max=50"
	if got := strings.Join(args, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if f := file.Flags[0]; f.Line != 2 || f.Key != "enable" {
		t.Errorf("the first flag is %+v", f)
	}
}

func TestWrong(t *testing.T) {
	for _, test := range []struct{ content, want string }{
		{"enabel: [x]", "1:1: no key named enabel (did you mean enable?)"},
		{"enable:\n  a: b", "2:3: want a list of names"},
		{"enable: [[a]]", "1:10: want names"},
		{"enable:", "1:8: want a list of names"},
		{"tests: perhaps", "1:8: want true or false"},
		{"max: 1\nmax: 2", "2:1: max is there twice"},
		{"paths: {path: x}", "1:8: want a list of rules"},
		{"paths:\n  - disable: [all]", "2:5: a rule in paths needs a path"},
		{"paths:\n  - path: x\n    disabled: [all]", "3:5: no key named disabled in a rule of paths (did you mean disable?)"},
		{"settings: {unsafeshare: [x]}", "1:25: want keys and values in the settings of unsafeshare"},
		{"- enable", "1:1: want keys and values"},
		{"a: [", "1: did not find expected node content"},
	} {
		_, err := Read(write(t, test.content))
		if err == nil || !strings.Contains(err.Error(), Name+":"+test.want) {
			t.Errorf("%q: %v, want %s", test.content, err, test.want)
		}
	}
	if file, err := Read(write(t, "# nothing\n")); err != nil || len(file.Flags) > 0 {
		t.Errorf("a file of comments: %v, %v", file, err)
	}
}

func TestFind(t *testing.T) {
	path := write(t, "")
	below := filepath.Join(filepath.Dir(path), "a", "b")
	if err := os.MkdirAll(below, 0o777); err != nil {
		t.Fatal(err)
	}
	if got, err := Find(below); got != path || err != nil {
		t.Errorf("found %s, %v; want %s", got, err, path)
	}
}

// TestExamples reads the examples that init writes, and compares keys and
// schema.
func TestExamples(t *testing.T) {
	var content strings.Builder
	for _, k := range Keys() {
		fmt.Fprintf(&content, "%s: %s\n", k.Name, k.Example)
	}
	if _, err := Read(write(t, content.String())); err != nil {
		t.Error(err)
	}
	var initial bytes.Buffer
	if err := WriteInitial(&initial); err != nil {
		t.Fatal(err)
	}
	var nothing yaml.Node
	if err := yaml.Unmarshal(initial.Bytes(), &nothing); err != nil || len(nothing.Content) > 0 {
		t.Errorf("what init writes says something: %v", err)
	}
	var out bytes.Buffer
	if err := WriteSchema(&out); err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]struct{ Description string }
	}
	if err := json.Unmarshal(out.Bytes(), &schema); err != nil {
		t.Fatal(err)
	}
	for _, k := range Keys() {
		if schema.Properties[k.Name].Description != k.Doc {
			t.Errorf("the schema doesn't describe %s", k.Name)
		}
	}
}

// TestDocumented holds the table in docs/config.md to the keys.
func TestDocumented(t *testing.T) {
	const page, head = "../../../docs/config.md", "| key | flag | |\n| --- | --- | --- |\n"
	content, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, old, found := strings.Cut(string(content), head)
	if !found {
		t.Fatal("docs/config.md has no table of keys")
	}
	var table strings.Builder
	for _, k := range Keys() {
		fmt.Fprintf(&table, "| `%s` | `%s` | %s |\n", k.Name, k.Flag, k.Doc)
	}
	if *update {
		_, after, _ := strings.Cut(old, "\n\n")
		if after != "" {
			after = "\n" + after
		}
		if err := os.WriteFile(page, []byte(before+head+table.String()+after), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if !strings.HasPrefix(old, table.String()) {
		t.Errorf("the table in docs/config.md is old: go test ./cmd/internal/config -update")
	}
}
