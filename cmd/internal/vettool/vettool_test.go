package vettool_test

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/vettool"
	"github.com/goconclint/goconclint/passes/suite"
)

// countFile names, in the environment, the file in which the checks of the
// tool under test leave a line for each package that they run on.
const countFile = "VETTOOL_TEST_COUNT"

// TestMain makes the test binary a vet tool, too.
func TestMain(m *testing.M) {
	testFlags := flag.CommandLine
	flag.CommandLine = flag.NewFlagSet(os.Args[0], flag.ExitOnError)
	switch args := os.Args[1:]; {
	case vettool.Called(args):
		vettool.Main(args, counting())
	case len(args) > 0 && args[0] == "-multichecker":
		vettool.Multichecker(args[1:], counting())
	}
	flag.CommandLine = testFlags
	os.Exit(m.Run())
}

// counting is the suite, with checks that only count where they run, and an
// owner of facts below them.
func counting() []suite.Check {
	owner := &analysis.Analyzer{Name: "owner", Doc: "facts", FactTypes: []analysis.Fact{new(known)}, Run: count}
	checks := suite.All()
	for i := range checks {
		name := checks[i].Name()
		checks[i].Analyzer = &analysis.Analyzer{Name: name, Doc: name, Flags: checks[i].Analyzer.Flags, Requires: []*analysis.Analyzer{owner}, Run: count}
	}
	off := &analysis.Analyzer{Name: "offcheck", Doc: "off", Run: count}
	return append(checks, suite.Check{Analyzer: off, Group: suite.Hot})
}

// known is a fact about each package that was visited.
type known struct{ Path string }

func (*known) AFact() {}

func count(pass *analysis.Pass) (any, error) {
	file, err := os.OpenFile(os.Getenv(countFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if len(pass.Analyzer.FactTypes) > 0 {
		pass.ExportPackageFact(&known{pass.Pkg.Path()})
		for _, imported := range pass.Pkg.Imports() {
			if fact := new(known); pass.ImportPackageFact(imported, fact) {
				if _, err := file.WriteString("fact about " + fact.Path + "\n"); err != nil {
					return nil, err
				}
			}
		}
	}
	_, err = file.WriteString(pass.Analyzer.Name + " " + pass.Pkg.Path() + "\n")
	return nil, err
}

// module writes a module with a package that imports another and a good part
// of the standard library, whose declarations use most of the language.
func module(t *testing.T) string {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.25\n",
		"lib/lib.go": `// Package lib has types that only its source tells.
package lib

import "sync"

type Set[K comparable] struct {
	mu sync.Mutex
	m  map[K]struct{}
}

var Default = New[string]()

const Wide = len([...]int{9: 0})

func New[K comparable]() *Set[K] { return &Set[K]{m: make(map[K]struct{})} }
`,
		"app/app.go": `package main

import (
	"encoding/json"
	"fmt"
	"net/url"

	"example.com/m/lib"
)

func main() {
	var array [lib.Wide]byte
	fmt.Println(lib.Default, len(array), json.Valid(nil), new(url.URL))
}
`,
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// run runs a command in dir and returns the lines that the checks left.
func run(t *testing.T, dir string, name string, args ...string) []string {
	counts := filepath.Join(t.TempDir(), "counts")
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), countFile+"="+counts, "GOPROXY=off", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	data, err := os.ReadFile(counts)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	slices.Sort(lines)
	return lines
}

func self(t *testing.T) string {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// TestDependencies counts that go vet runs the checks on the package it was
// asked about and on nothing else, on its dependency the owner of facts
// alone, on the standard library nothing, and that types and facts are whole
// all the same.
func TestDependencies(t *testing.T) {
	dir := module(t)
	want := []string{"owner example.com/m/lib", "owner example.com/m/app", "fact about example.com/m/lib"}
	for _, check := range suite.All() {
		if check.Default {
			want = append(want, check.Name()+" example.com/m/app")
		}
	}
	slices.Sort(want)
	if got := run(t, dir, "go", "vet", "-vettool="+self(t), "./app"); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestSelection(t *testing.T) {
	dir := module(t)
	tests := []struct{ args, want string }{
		{"-waitgroup", "waitgroup"},
		{"-waitgroup -atomic -unusedresult.funcs=fmt.Sprint", "atomic waitgroup"},
		{"-group=panics -c 3 -unusedresult=false", "deferresult fatalexit gopanic panicmisuse recovermisuse shutdown testinggoroutine testoutlive"},
		{"-offcheck -tags a,b", "offcheck"},
		{"-waitgroup -enable offcheck", "offcheck waitgroup"},
	}
	for _, test := range tests {
		t.Run(test.args, func(t *testing.T) {
			args := append([]string{"-multichecker"}, strings.Fields(test.args)...)
			var got []string
			for _, line := range run(t, dir, self(t), append(args, "./lib")...) {
				name, _, _ := strings.Cut(line, " ")
				if name != "owner" && name != "fact" {
					got = append(got, name)
				}
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %s", got, test.want)
			}
		})
	}
}

// TestFlags asks the tool for its flags, as go vet does before anything
// else, and holds that rewriting understands each of them: one that it
// doesn't would switch every check on.
func TestFlags(t *testing.T) {
	out, err := exec.Command(self(t), "-flags").Output()
	if err != nil {
		t.Fatal(err)
	}
	var flags []struct {
		Name string
		Bool bool
	}
	if err := json.Unmarshal(out, &flags); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range flags {
		names = append(names, f.Name)
		value := map[bool]string{true: "true", false: "0"}[f.Bool]
		switch f.Name {
		case "group", "enable":
			value = "all"
		case "disable":
			value = "hot"
		case "as-of":
			value = "v0.1.0"
		}
		if !vettool.Understands([]string{"-" + f.Name + "=" + value}, counting()) {
			t.Errorf("-%s is not understood", f.Name)
		}
	}
	for _, name := range []string{"group", "enable", "disable", "as-of", "waitgroup", "unusedresult.funcs", "directive.unused"} {
		if !slices.Contains(names, name) {
			t.Errorf("-flags doesn't list %s", name)
		}
	}
}
