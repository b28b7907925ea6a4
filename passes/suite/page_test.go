package suite_test

import (
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/imports"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/suite"
)

func TestEveryPage(t *testing.T) {
	for _, check := range suite.All() {
		page := check.Page()
		if page.Summary == "" || strings.HasSuffix(page.Summary, ".") || strings.HasPrefix(page.Summary, check.Name()) {
			t.Errorf("%s: the summary %q is to be a line without name and full stop", check.Name(), page.Summary)
		}
		if page.Prose == "" {
			t.Errorf("%s: the documentation has no prose", check.Name())
		}
	}
}

// TestSections holds the documentation of our checks to its sections, all
// of them, in their order, with something in each.
func TestSections(t *testing.T) {
	for _, check := range own() {
		last := -1
		for _, title := range doc.Sections {
			at := strings.Index(check.Analyzer.Doc, "\n"+title+":")
			if at < 0 {
				t.Errorf("%s/doc.go has no section %q", check.Name(), title)
			} else if at < last {
				t.Errorf("%s/doc.go: section %q stands too early", check.Name(), title)
			}
			last = max(last, at)
		}
		page := check.Page()
		if page.Wrong == "" || page.Right == "" || page.SilentOn == "" || page.Relatives == "" {
			t.Errorf("%s/doc.go: a section is empty", check.Name())
		}
		if want := "\nSince: " + check.Since; !strings.HasSuffix(check.Analyzer.Doc, want) {
			t.Errorf("%s/doc.go doesn't end in %q, as the suite has it", check.Name(), want)
		}
	}
}

// TestExamples compiles the code in the documentation of our checks: each
// check reports its wrong code, and no check the right one.
func TestExamples(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "go.mod", "module example\n\ngo 1.26\n")
	var analyzers []*analysis.Analyzer
	for _, check := range own() {
		page := check.Page()
		writeExample(t, dir, check.Name()+"/wrong", page.Wrong)
		writeExample(t, dir, check.Name()+"/right", page.Right)
		analyzers = append(analyzers, check.Analyzer)
	}
	reports := analyze(t, dir, analyzers)
	for _, check := range own() {
		wrong := reports["example/"+check.Name()+"/wrong"]
		if !slices.ContainsFunc(wrong, func(r string) bool { return strings.HasPrefix(r, check.Name()+": ") }) {
			t.Errorf("%s doesn't report the wrong code of its documentation, only %q", check.Name(), wrong)
		}
		for _, r := range reports["example/"+check.Name()+"/right"] {
			t.Errorf("the right code in the documentation of %s is reported: %s", check.Name(), r)
		}
	}
}

// writeExample makes a package of declarations: it gives them a package
// clause and imports. A leading build constraint, which sets the language
// version, stays in front.
func writeExample(t *testing.T, dir, folder, code string) {
	t.Helper()
	if formatted, err := format.Source([]byte(code)); err != nil || string(formatted) != code {
		t.Errorf("%s: the documented code is not as gofmt has it: %v", folder, err)
	}
	constraint := ""
	if first, rest, _ := strings.Cut(code, "\n"); strings.HasPrefix(first, "//go:build ") {
		constraint, code = first+"\n\n", rest
	}
	name := folder + "/example.go"
	file := constraint + "package example\n\n" + code + "\n"
	complete, err := imports.Process(filepath.Join(dir, filepath.FromSlash(name)), []byte(file), nil)
	if err != nil {
		t.Fatalf("%s: %v", folder, err)
	}
	write(t, dir, name, string(complete))
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// analyze runs the analyzers over all packages of a module and returns what
// they report, by import path.
func analyze(t *testing.T, dir string, analyzers []*analysis.Analyzer) map[string][]string {
	t.Helper()
	config := &packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir}
	loaded, err := packages.Load(config, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(loaded) > 0 {
		t.Fatal("the examples don't compile")
	}
	graph, err := checker.Analyze(analyzers, loaded, nil)
	if err != nil {
		t.Fatal(err)
	}
	reports := make(map[string][]string)
	for _, action := range graph.Roots {
		if action.Err != nil {
			t.Errorf("%s: %v", action, action.Err)
		}
		for _, d := range action.Diagnostics {
			text := fmt.Sprintf("%s: %s (%s)", action.Analyzer.Name, d.Message, action.Package.Fset.Position(d.Pos))
			reports[action.Package.PkgPath] = append(reports[action.Package.PkgPath], text)
		}
	}
	return reports
}
