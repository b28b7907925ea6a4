package drive

import (
	"context"
	"errors"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/moduletest"
	"github.com/goconclint/goconclint/cmd/internal/store"
)

// wantError runs the driver and checks why it could do nothing.
func wantError(t *testing.T, opts Options, target error, text string) {
	t.Helper()
	result, err := Run(context.Background(), opts)
	if err == nil {
		t.Fatalf("no error but %v", lines(result, opts.Dir))
	}
	if target != nil && !errors.Is(err, target) {
		t.Errorf("got error %v, want %v", err, target)
	}
	if !strings.Contains(err.Error(), text) || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %q, want one line with %q", err, text)
	}
}

func TestNoModule(t *testing.T) {
	t.Parallel()
	dir := moduletest.New(t, "-- a.go --\npackage a\n")
	for _, pattern := range []string{".", "./...", "example.com/x"} {
		wantError(t, Options{Dir: dir, Patterns: []string{pattern}}, ErrNoModule, "go mod init")
	}
}

func TestNoMatches(t *testing.T) {
	t.Parallel()
	dir := moduletest.New(t, `
-- go.mod --
module m
-- a/a.go --
package a
-- empty/README --
-- tagged/t.go --
//go:build never

package tagged
`)
	for pattern, text := range map[string]string{
		".":                  "no packages match .: no Go files in",
		"./nowhere":          "no packages match ./nowhere: ",
		"./nowhere/...":      "no packages match ./nowhere/...: ",
		"./empty/...":        "no packages match ./empty/...",
		"./tagged":           "no packages match ./tagged: build constraints exclude all Go files",
		"nosuchpackage":      "no packages match nosuchpackage: package nosuchpackage is not in std",
		"example.com/no/way": "no packages match example.com/no/way: no required module provides",
	} {
		wantError(t, Options{Dir: dir, Patterns: []string{pattern}}, ErrNoMatches, text)
	}
	result := mustRun(t, Options{Dir: dir, Patterns: []string{"./empty/...", "./a"}})
	want(t, result, dir, "-: problem: no packages match ./empty/...")
}

func TestBadGoMod(t *testing.T) {
	t.Parallel()
	dir := moduletest.New(t, "-- go.mod --\nmodule m\nnonsense here\n-- a.go --\npackage a\n")
	wantError(t, Options{Dir: dir}, nil, "go.mod:2: unknown directive: nonsense")
}

func TestNoGo(t *testing.T) {
	dir := moduletest.New(t, plainModule)
	t.Setenv("PATH", "")
	wantError(t, Options{Dir: dir}, ErrNoGo, "https://go.dev/dl")
}

func TestNoDirectory(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "nowhere")
	wantError(t, Options{Dir: dir}, nil, "nowhere is not a directory")
}

func TestBadOverlay(t *testing.T) {
	t.Parallel()
	wantError(t, Options{Dir: moduletest.New(t, plainModule), Overlay: map[string][]byte{"a.go": nil}}, nil, "a.go is not an absolute path")
}

func TestNewerToolchain(t *testing.T) {
	t.Parallel()
	for goVersion, newer := range map[string]bool{
		"go1.99.3":                           true,
		"devel go1.99-1a2b3c Mon Jan 1 2035": true,
		"go1.99rc1":                          true,
		"go1.20":                             false,
		runtime.Version():                    false,
		"something that will never be understood": false,
	} {
		err := goEnv{GOVERSION: goVersion}.newer()
		if (err != nil) != newer {
			t.Errorf("%s: %v", goVersion, err)
		}
		if err != nil && (!strings.Contains(err.Error(), goVersion) || !strings.Contains(err.Error(), runtime.Version())) {
			t.Errorf("error %q doesn't name both versions", err)
		}
	}
	std := &node{listed: &listed{Standard: true}}
	if err := (goEnv{GOVERSION: "go1.99.1"}).canCheck([]*node{std}); err == nil {
		t.Error("a newer standard library is taken for one that can be checked")
	}
}

func TestUnreadableExportData(t *testing.T) {
	t.Parallel()
	garbage := filepath.Join(t.TempDir(), "export")
	if err := os.WriteFile(garbage, []byte("!<arch>\nof another age"), 0o666); err != nil {
		t.Fatal(err)
	}
	e := newExports(token.NewFileSet())
	e.files["p"] = garbage
	if pkg := e.load("p"); pkg != nil {
		t.Fatalf("read %v", pkg)
	}
	if list := e.failures(nil); len(list) != 1 || !strings.HasPrefix(list[0].problem.Message, "the compiled form of p can't be read: ") {
		t.Errorf("failures %v", list)
	}
	l := &loaded{exports: e, env: goEnv{GOVERSION: "go1.99.1"}}
	if err := new(ToolchainError); !errors.As(l.unreadable(), &err) {
		t.Error("the newer toolchain isn't blamed")
	}
	l.env.GOVERSION = runtime.Version()
	if err := l.unreadable(); err != nil {
		t.Errorf("our own toolchain is blamed: %v", err)
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	opts := Options{Dir: moduletest.New(t, plainModule), Patterns: []string{"./..."}}
	opts.Progress = func(Progress) { cancel() }
	result, err := Run(ctx, opts)
	if !errors.Is(err, context.Canceled) || result == nil || len(result.Packages) == 0 {
		t.Errorf("cancelled at work: %+v, %v", result, err)
	}
	result, err = Run(ctx, opts)
	if !errors.Is(err, context.Canceled) || result == nil {
		t.Errorf("cancelled before: %+v, %v", result, err)
	}
}

// TestCancelledMeanwhile stops a run while a package is being worked on: what
// its checks have found is told, those that are left don't run, and the next
// run doesn't take it for all there is.
func TestCancelledMeanwhile(t *testing.T) {
	t.Parallel()
	s, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	finding := func(name string, requires ...*analysis.Analyzer) *analysis.Analyzer {
		return &analysis.Analyzer{Name: name, Doc: name, URL: "https://example.com", Requires: requires, Run: func(pass *analysis.Pass) (any, error) {
			cancel()
			pass.Reportf(pass.Files[0].Package, "found by %s", name)
			return nil, nil
		}}
	}
	first := finding("first")
	opts := Options{Dir: moduletest.New(t, "-- go.mod --\nmodule m\n-- a.go --\npackage a\n"), Analyzers: []*analysis.Analyzer{first, finding("second", first)}, Store: s}
	result, err := Run(ctx, opts)
	if !errors.Is(err, context.Canceled) || len(result.Findings) != 1 || len(result.Packages) != 0 {
		t.Errorf("stopped: %+v, %v", result, err)
	}
	result, err = Run(t.Context(), opts)
	if err != nil || len(result.Findings) != 2 || len(result.Packages) != 1 || result.Stored != 0 {
		t.Errorf("the next run: %+v, %v", result, err)
	}
}

func TestChunks(t *testing.T) {
	t.Parallel()
	parts := chunks([]string{"aa", "bb", "a long one", "c"}, 6)
	if len(parts) != 3 || len(parts[0]) != 2 || len(parts[1]) != 1 || len(parts[2]) != 1 {
		t.Errorf("%q", parts)
	}
	if chunks(nil, 6) != nil {
		t.Error("a call for no package")
	}
}
