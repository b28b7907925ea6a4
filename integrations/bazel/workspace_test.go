package bazel

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A pkg is what go list says of a package.
type pkg struct {
	ImportPath, Dir string
	Standard        bool
	DepOnly         bool // not named by the patterns
	GoFiles         []string
	Imports         []string
	ImportMap       map[string]string
	Module          *struct{ Path, GoVersion string }
}

// list returns the packages of the fixtures with all that they import.
func list(t *testing.T) []*pkg {
	t.Helper()
	args := []string{"list", "-deps", "-json=ImportPath,Dir,Standard,DepOnly,GoFiles,Imports,ImportMap,Module"}
	out := run(t, filepath.Join(root, "testdata/src"), "go", append(args, patterns()...)...)
	var packages []*pkg
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		p := new(pkg)
		if err := decoder.Decode(p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		if p.ImportPath != "unsafe" && len(p.GoFiles) > 0 {
			packages = append(packages, p)
		}
	}
}

// writeWorkspace copies the packages into a workspace and writes what Bazel
// has to know of them: what a generator of BUILD files does in a repository.
func writeWorkspace(t *testing.T, dir, tool string, packages []*pkg) {
	t.Helper()
	write(t, filepath.Join(dir, "WORKSPACE"), "workspace(name = \"fixtures\")\n")
	write(t, filepath.Join(dir, "BUILD"), "")
	copyFile(t, "defs.bzl", filepath.Join(dir, "goconclint/defs.bzl"), 0o666)
	write(t, filepath.Join(dir, "goconclint/BUILD"), "")
	copyFile(t, tool, filepath.Join(dir, "tools/goconclint"), 0o777)
	write(t, filepath.Join(dir, "tools/BUILD"), "exports_files([\"goconclint\"])\n")

	build := make(map[string]string) // by folder
	for _, p := range packages {
		folder := p.folder()
		for _, name := range p.GoFiles {
			copyFile(t, filepath.Join(p.Dir, name), filepath.Join(dir, folder, name), 0o666)
		}
		build[folder] = target(p, packages)
	}
	for folder, rule := range build {
		write(t, filepath.Join(dir, folder, "BUILD"), "load(\"//goconclint:defs.bzl\", \"go_package\")\n\n"+rule)
	}
}

// target writes the rule of a package.
func target(p *pkg, packages []*pkg) string {
	var deps []string
	for _, imported := range p.Imports {
		if i := slices.IndexFunc(packages, func(p *pkg) bool { return p.ImportPath == imported }); i >= 0 {
			deps = append(deps, "//"+packages[i].folder()+":lib")
		}
	}
	module, version := "", "go1.26"
	if p.Module != nil {
		module, version = p.Module.Path, "go"+p.Module.GoVersion
	}
	return fmt.Sprintf(`go_package(
    name = "lib",
    srcs = %s,
    deps = %s,
    importpath = %q,
    import_map = %s,
    module = %q,
    go_version = %q,
    facts_only = %s,
    visibility = ["//visibility:public"],
)
`, starlark(p.GoFiles), starlark(deps), p.ImportPath, starlark(p.ImportMap), module, version, map[bool]string{true: "True", false: "False"}[p.DepOnly])
}

// folder is where the package stands in the workspace.
func (p *pkg) folder() string {
	if p.Standard {
		return "std/" + p.ImportPath
	}
	fixtures, _ := filepath.Abs(filepath.Join(root, "testdata/src")) // fails without a working directory only
	rel, _ := filepath.Rel(fixtures, p.Dir)
	return filepath.ToSlash(rel)
}

// starlark writes lists and dictionaries of strings, which JSON spells alike.
func starlark(value any) string {
	switch v := value.(type) {
	case []string:
		value = append([]string{}, v...)
	case map[string]string:
		value = maps.Collect(maps.All(v)) // an empty one rather than null
	}
	text, _ := json.Marshal(value) // of strings, which never fails
	return string(text)
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t *testing.T, from, to string, mode os.FileMode) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	write(t, to, string(content))
	if err := os.Chmod(to, mode); err != nil {
		t.Fatal(err)
	}
}
