package suite_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/goconclint/goconclint/passes/internal/doc"
)

// floors is the import law: a package imports what lies on a lower floor,
// and nothing else. Lowest first; "/*" stands for every folder of that level
// that isn't named elsewhere.
var floors = [][]string{
	{"passes/internal/lattice"},
	{"passes/internal/place"},
	{"passes/internal/effect"},
	{"passes/internal/summary", "passes/internal/model"},
	{"passes/internal/program"},
	{"passes/internal/transfer", "passes/internal/callgraph", "passes/internal/flow"},
	{"passes/internal/sharing"}, // the evidence on one package: transfer, call graph and flow in one
	{"passes/internal/summarize"},
	{"passes/internal/explore"},
	{"passes/internal/edit"},
	{"passes/internal/report"},
	{"passes/internal/hotness", "passes/internal/paths"},
	{"passes/*"},
	{"passes/suite"},
	{"cmd/internal/*"},
	{"cmd/*", "scripts/*"},
}

// bridges are the public rooms of passes that every other room may import,
// cmd included. Of our own they import only each other and foundations.
var bridges = []string{"passes/schedule", "passes/directive", "passes/hotprofile"}

// foundations are open to all of passes.
var foundations = []string{"passes/internal/match", "passes/internal/doc"}

// harness is for tests only.
const harness = "passes/internal/passtest"

// A room is a folder of the law with all that lies below it.
type room struct {
	path  string
	floor int // -1 for bridges, foundations and the harness
}

// roomOf returns the room in which a package lies, by its path in the
// module. It reports false for a package that the law doesn't know.
func roomOf(pkg string) (room, bool) {
	within := func(folder string) bool { return pkg == folder || strings.HasPrefix(pkg, folder+"/") }
	for _, open := range slices.Concat(bridges, foundations, []string{harness}) {
		if within(open) {
			return room{open, -1}, true
		}
	}
	for floor, folders := range floors {
		if i := slices.IndexFunc(folders, within); i >= 0 {
			return room{folders[i], floor}, true
		}
	}
	for floor, folders := range floors {
		for _, folder := range folders {
			parent, every := strings.CutSuffix(folder, "/*")
			rest, below := strings.CutPrefix(pkg, parent+"/")
			name, _, _ := strings.Cut(rest, "/")
			if every && below && name != "internal" {
				return room{path.Join(parent, name), floor}, true
			}
		}
	}
	return room{}, false
}

// allowed reports whether the law lets a package import another.
func allowed(from, to string) bool {
	importer, ok1 := roomOf(from)
	imported, ok2 := roomOf(to)
	isCmd := strings.HasPrefix(from, "cmd/")
	switch {
	case !ok1 || !ok2:
		return false
	case importer.path == imported.path:
		return true
	case imported.path == harness:
		return false
	case slices.Contains(bridges, imported.path):
		return true
	case slices.Contains(foundations, imported.path):
		return !isCmd
	case importer.path == "passes/internal/match":
		return imported.path == "passes/internal/model"
	case isCmd && strings.HasPrefix(to, "passes/"):
		return imported.path == "passes/suite"
	case strings.HasPrefix(from, "cmd/internal/") && strings.HasPrefix(to, "cmd/internal/"):
		return true // the compiler refuses cycles
	}
	return importer.floor > imported.floor
}

func TestImportLaw(t *testing.T) {
	for from, imports := range ourImports(t) {
		if _, ok := roomOf(from); !ok {
			t.Errorf("%s lies in no room of the import law: give it a floor in layers_test.go", from)
			continue
		}
		for _, to := range imports {
			if !allowed(from, to) {
				t.Errorf("%s imports %s, which lies no lower", from, to)
			}
		}
	}
}

// ourImports returns what each package of the module imports of the module,
// tests left out, by paths in the module.
func ourImports(t *testing.T) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports", "./...")
	cmd.Dir = module
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	imports := make(map[string][]string)
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var pkg struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			return imports
		} else if err != nil {
			t.Fatal(err)
		}
		if from, ok := inModule(pkg.ImportPath); ok {
			imports[from] = nil
			for _, imported := range pkg.Imports {
				if to, ok := inModule(imported); ok {
					imports[from] = append(imports[from], to)
				}
			}
		}
	}
}

func inModule(importPath string) (string, bool) {
	return strings.CutPrefix(importPath, doc.Repository+"/")
}

// TestLawRefuses keeps the law itself honest.
func TestLawRefuses(t *testing.T) {
	for _, edge := range []struct {
		from, to string
		allowed  bool
	}{
		{"passes/mapguard", "passes/internal/report", true},
		{"passes/mapguard", "passes/internal/explore", true},
		{"passes/mapguard", "passes/directive", true},
		{"passes/mapguard", "passes/neverclosed", false},
		{"passes/mapguard", "passes/suite", false},
		{"passes/mapguard", "passes/internal/passtest", false},
		{"passes/internal/explore/heap", "passes/internal/explore/clock", true},
		{"passes/internal/explore", "passes/internal/report", false},
		{"passes/internal/explore", "passes/internal/summarize", true},
		{"passes/internal/summarize", "passes/internal/explore", false},
		{"passes/internal/model", "passes/internal/program", false},
		{"passes/internal/match", "passes/internal/model", true},
		{"passes/internal/match", "passes/internal/program", false},
		{"passes/directive", "passes/internal/doc", true},
		{"passes/directive", "passes/internal/report", false},
		{"passes/suite", "passes/mapguard", true},
		{"passes/suite", "cmd/internal/drive", false},
		{"cmd/internal/drive", "passes/suite", true},
		{"cmd/internal/drive", "passes/directive", true},
		{"cmd/internal/drive", "passes/mapguard", false},
		{"cmd/internal/drive", "cmd/internal/finding", true},
		{"cmd/internal/drive", "cmd/goconclint", false},
		{"cmd/goconclint", "cmd/internal/drive", true},
		{"passes/internal/newroom", "passes/internal/model", false},
	} {
		if got := allowed(edge.from, edge.to); got != edge.allowed {
			t.Errorf("%s may import %s: %v, want %v", edge.from, edge.to, got, edge.allowed)
		}
	}
}
