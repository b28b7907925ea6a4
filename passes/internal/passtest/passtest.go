// Package passtest runs an analyzer over its fixtures in testdata/src/NAME:
//
//	bad/     code that is reported, with // want comments; nofix.go without a fix
//	good/    near misses and every wrong report ever fixed: silent
//	limits/  known limits: FN_… are missed mistakes, FP_… wrong reports
//	fix/     code with fixes, and what they make of it in *.golden files
//	cross/   several packages, where a fact travels
//
// bad, good and limits are required, the others used when present. Fixtures
// are one module, so that language versions mean something in them.
package passtest

import (
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// Required are the fixture folders that every analyzer has.
var Required = []string{"bad", "good", "limits"}

// Run tests the analyzer on all its fixtures.
func Run(t *testing.T, a *analysis.Analyzer) {
	t.Helper()
	root := Root(t)
	for _, kind := range Required {
		t.Run(kind, func(t *testing.T) {
			for _, result := range analysistest.Run(t, root, a, pattern(t, root, a, kind)) {
				checkNoFix(t, result)
			}
		})
	}
	for _, kind := range []string{"cross", "fix"} {
		if _, err := os.Stat(filepath.Join(root, a.Name, kind)); err != nil {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			if kind == "fix" {
				runFix(t, root, a)
				return
			}
			analysistest.Run(t, root, a, pattern(t, root, a, kind))
		})
	}
}

// checkNoFix holds the files named nofix.go to their name.
func checkNoFix(t *testing.T, result *analysistest.Result) {
	t.Helper()
	for _, d := range result.Diagnostics {
		at := result.Pass.Fset.Position(d.Pos)
		if filepath.Base(at.Filename) == "nofix.go" && len(d.SuggestedFixes) > 0 {
			t.Errorf("nofix.go:%d: unexpected fix: %s", at.Line, d.SuggestedFixes[0].Message)
		}
	}
}

// Root returns the fixture module's folder, found upward from the test's.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		root := filepath.Join(dir, "testdata", "src")
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			return root
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no testdata/src/go.mod above the working directory")
		}
		dir = parent
	}
}

// pattern returns the package pattern of one kind of fixture, which exists
// and holds Go code: an empty folder would pass unseen.
func pattern(t *testing.T, root string, a *analysis.Analyzer, kind string) string {
	t.Helper()
	found := false
	err := filepath.WalkDir(filepath.Join(root, a.Name, kind), func(path string, _ os.DirEntry, err error) error {
		found = found || strings.HasSuffix(path, ".go")
		return err
	})
	if err != nil || !found {
		t.Fatalf("analyzer %s has no fixtures of kind %s: %v", a.Name, kind, err)
	}
	return "./" + a.Name + "/" + kind + "/..."
}

// runFix checks the suggested fixes against the golden files, then that what
// they make compiles and is no longer reported.
func runFix(t *testing.T, root string, a *analysis.Analyzer) {
	t.Helper()
	analysistest.RunWithSuggestedFixes(t, root, a, pattern(t, root, a, "fix"))
	config := &packages.Config{
		Mode:    packages.LoadSyntax | packages.NeedModule,
		Dir:     root,
		Overlay: goldens(t, filepath.Join(root, a.Name, "fix")),
		Env:     append(os.Environ(), "GO111MODULE=on", "GOPROXY=off", "GOWORK=off"),
	}
	loaded, err := packages.Load(config, "./"+a.Name+"/fix/...")
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range loaded {
		for _, err := range pkg.Errors {
			t.Errorf("fixed code doesn't compile: %v", err)
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, loaded, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, action := range graph.Roots {
		for _, d := range action.Diagnostics {
			t.Errorf("fixed code is reported: %s: %s", position(action.Package.Fset, d.Pos), d.Message)
		}
	}
}

// goldens returns the content of each file of the folder as its fixes leave
// it, keyed by the path of the file.
func goldens(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	overlay := make(map[string][]byte)
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".golden") {
			return err
		}
		content, err := os.ReadFile(path)
		overlay[strings.TrimSuffix(path, ".golden")] = content
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(overlay) == 0 {
		t.Fatalf("no golden files below %s", dir)
	}
	return overlay
}

func position(fset *token.FileSet, pos token.Pos) string {
	p := fset.Position(pos)
	p.Filename = filepath.Base(p.Filename)
	return p.String()
}
