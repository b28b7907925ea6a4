package suite_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/semver"
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/passtest"
	"github.com/goconclint/goconclint/passes/suite"
)

// module is the root of the repository, seen from this folder.
const module = "../.."

// own returns the checks that are ours.
func own() []suite.Check {
	return slices.DeleteFunc(suite.All(), func(c suite.Check) bool { return c.Bundled })
}

func TestListIsValid(t *testing.T) {
	var analyzers []*analysis.Analyzer
	for _, check := range suite.All() {
		analyzers = append(analyzers, check.Analyzer)
	}
	if err := analysis.Validate(analyzers); err != nil {
		t.Error(err)
	}
	version := regexp.MustCompile(`^v\d+\.\d+\.\d+$`)
	seen := make(map[string]bool)
	for _, check := range suite.All() {
		if seen[check.Name()] {
			t.Errorf("%s is listed twice", check.Name())
		}
		seen[check.Name()] = true
		if check.Name() != directive.Name && !slices.Contains(suite.Groups(), check.Group) {
			t.Errorf("%s: group %q doesn't exist", check.Name(), check.Group)
		}
		if !version.MatchString(check.Since) {
			t.Errorf("%s: Since is %q, not vX.Y.Z", check.Name(), check.Since)
		}
		for name, since := range check.Later {
			if f := check.Analyzer.Flags.Lookup(name); f == nil || f.DefValue != "true" && f.DefValue != "false" {
				t.Errorf("%s: Later names %s, which is no flag that turns something on", check.Name(), name)
			}
			if !version.MatchString(since) || semver.Compare(since, check.Since) <= 0 {
				t.Errorf("%s: %s came in %q, which isn't later than %s", check.Name(), name, since, check.Since)
			}
		}
		if check.Analyzer.URL == "" {
			t.Errorf("%s has no URL", check.Name())
		}
	}
}

func TestLookup(t *testing.T) {
	for _, check := range suite.All() {
		if found, ok := suite.Named(check.Name()); !ok || found.Analyzer != check.Analyzer {
			t.Errorf("Named(%q) doesn't return the check that All lists", check.Name())
		}
	}
	if _, ok := suite.Named("nosuchcheck"); ok {
		t.Error("Named finds a check that doesn't exist")
	}
	grouped := 0
	for _, group := range suite.Groups() {
		grouped += len(suite.In(group))
	}
	if want := len(suite.All()) - 1; grouped != want { // directive is in none
		t.Errorf("the groups hold %d checks, want %d", grouped, want)
	}
}

// TestNamesAgree holds each check of ours to one name: the folder, the
// Analyzer, the heading and URL of its documentation, its files, its
// fixtures, and what directives may name.
func TestNamesAgree(t *testing.T) {
	for _, check := range own() {
		name := check.Name()
		folder := filepath.Join(module, "passes", name)
		for _, file := range []string{"doc.go", name + ".go", name + "_test.go"} {
			if _, err := os.Stat(filepath.Join(folder, file)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !hasHeading(folder) {
			t.Errorf("%s/doc.go has no heading %q", name, "# Analyzer "+name)
		}
		if want := doc.URL(name); check.Analyzer.URL != want {
			t.Errorf("%s: URL is %q, want %q", name, check.Analyzer.URL, want)
		}
	}
	var names, vets []string
	for _, check := range suite.All() {
		names = append(names, check.Name())
		if check.Bundled {
			vets = append(vets, check.Name())
		}
	}
	slices.Sort(names)
	slices.Sort(vets)
	if known := directive.Names(); !slices.Equal(names, known) {
		t.Errorf("passes/directive/names.go and the suite differ:\n%v\n%v", known, names)
	}
	if known := directive.Vet(); !slices.Equal(vets, known) {
		t.Errorf("passes/directive/names.go and the passes of go vet in the suite differ:\n%v\n%v", known, vets)
	}
}

// TestFoldersAreListed finds analyzers that nobody would ever run.
func TestFoldersAreListed(t *testing.T) {
	folders, err := os.ReadDir(filepath.Join(module, "passes"))
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if !hasHeading(filepath.Join(module, "passes", folder.Name())) {
			continue
		}
		if _, ok := suite.Named(folder.Name()); !ok {
			t.Errorf("passes/%s is not in the suite", folder.Name())
		}
	}
}

// hasHeading reports whether the folder's doc.go documents an analyzer of
// the folder's name.
func hasHeading(folder string) bool {
	source, err := os.ReadFile(filepath.Join(folder, "doc.go"))
	return err == nil && strings.Contains(string(source), "// # Analyzer "+filepath.Base(folder)+"\n")
}

func TestFixturesExist(t *testing.T) {
	root := passtest.Root(t)
	for _, check := range own() {
		for _, kind := range passtest.Required {
			if functions(t, filepath.Join(root, check.Name(), kind)) == 0 {
				t.Errorf("testdata/src/%s/%s holds no function", check.Name(), kind)
			}
		}
	}
}

// TestOneOwnerOfFacts keeps facts in one place: an analyzer with facts makes
// every driver visit all dependencies.
func TestOneOwnerOfFacts(t *testing.T) {
	owners := make(map[string]bool)
	var visit func(a *analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if len(a.FactTypes) > 0 {
			owners[a.Name] = true
		}
		for _, required := range a.Requires {
			visit(required)
		}
	}
	for _, check := range suite.All() {
		visit(check.Analyzer)
	}
	if len(owners) > 1 {
		t.Errorf("several analyzers own facts: %v", owners)
	}
}
