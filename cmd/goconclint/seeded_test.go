package main

import (
	"context"
	"go/build"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/txtar"

	"github.com/goconclint/goconclint/cmd/internal/drive"
	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/passes/suite"
)

// seededFloor is how many of the planted mistakes were found when the score
// last rose. It may only rise.
const seededFloor = 58

// seededVersion is the Go release whose standard library the edits fit.
const seededVersion = "go1.26"

// A seed is one mistake to plant; testdata/seeded/README.md has the format.
type seed struct {
	name, pkg, file, check string
	edits                  [][2]string // old text, new text
}

// TestSeeded plants mistakes into copies of standard-library packages, held
// in an overlay, and counts those that the right checks find, those that are
// off by default switched on.
func TestSeeded(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses a dozen packages of the standard library from source")
	}
	if version := runtime.Version(); !strings.HasPrefix(version, seededVersion) {
		t.Skipf("the mistakes are planted into the standard library of %s, this is %s", seededVersion, version)
	}
	seeds := readSeeds(t)
	overlay := plant(t, seeds)
	result, err := drive.Run(context.Background(), drive.Options{
		Patterns:  packagesOf(seeds),
		Analyzers: wanted(seeds),
		Overlay:   overlay,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range result.Problems {
		t.Errorf("planting broke the code: %s: %s", problem.Package, problem.Message)
	}
	found := 0
	for _, s := range seeds {
		if hit(s, overlay, result.Findings) {
			found++
			continue
		}
		t.Logf("missed: %s (%s)", s.name, s.check)
	}
	t.Logf("found %d of %d", found, len(seeds))
	if found < seededFloor {
		t.Errorf("found %d of %d planted mistakes, fewer than the %d of before", found, len(seeds), seededFloor)
	}
}

// wanted returns the checks that are on by default, and those that seeds name.
func wanted(seeds []seed) []*analysis.Analyzer {
	var on []*analysis.Analyzer
	for _, check := range suite.All() {
		named := slices.ContainsFunc(seeds, func(s seed) bool { return s.check == check.Name() })
		if check.Default || named {
			on = append(on, check.Analyzer)
		}
	}
	return on
}

func readSeeds(t *testing.T) []seed {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "..", "testdata", "seeded", "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no seeds: %v", err)
	}
	var seeds []seed
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		seeds = append(seeds, parseSeed(t, strings.TrimSuffix(filepath.Base(path), ".txtar"), archive))
	}
	return seeds
}

func parseSeed(t *testing.T, name string, archive *txtar.Archive) seed {
	t.Helper()
	s := seed{name: name}
	for line := range strings.Lines(string(archive.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "package":
			s.pkg = value
		case "file":
			s.file = value
		case "check":
			s.check = value
		}
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		fresh := strings.ReplaceAll(string(archive.Files[i+1].Data), "// SEED", s.marker())
		s.edits = append(s.edits, [2]string{string(archive.Files[i].Data), fresh})
	}
	if s.pkg == "" || s.file == "" || s.check == "" || len(s.edits) == 0 {
		t.Fatalf("%s: package, file, check or edits missing", name)
	}
	return s
}

func (s seed) marker() string { return "// SEED " + s.name }

func (s seed) path() string {
	return filepath.Join(build.Default.GOROOT, "src", filepath.FromSlash(s.pkg), s.file)
}

func packagesOf(seeds []seed) []string {
	var pkgs []string
	seen := make(map[string]bool)
	for _, s := range seeds {
		if !seen[s.pkg] {
			seen[s.pkg] = true
			pkgs = append(pkgs, s.pkg)
		}
	}
	return pkgs
}

// plant returns the changed files by path.
func plant(t *testing.T, seeds []seed) map[string][]byte {
	t.Helper()
	overlay := make(map[string][]byte)
	for _, s := range seeds {
		content, ok := overlay[s.path()]
		if !ok {
			var err error
			if content, err = os.ReadFile(s.path()); err != nil {
				t.Fatal(err)
			}
		}
		text := string(content)
		for _, edit := range s.edits {
			text = apply(t, s, text, edit)
		}
		overlay[s.path()] = []byte(text)
	}
	return overlay
}

func apply(t *testing.T, s seed, text string, edit [2]string) string {
	t.Helper()
	if edit[0] == "" {
		return text + "\n" + edit[1]
	}
	if strings.Count(text, edit[0]) != 1 {
		t.Fatalf("%s: the old text stands %d times in %s", s.name, strings.Count(text, edit[0]), s.file)
	}
	return strings.Replace(text, edit[0], edit[1], 1)
}

// hit reports whether a finding of the right check stands within two lines
// of a marked line.
func hit(s seed, overlay map[string][]byte, findings []finding.Finding) bool {
	line := 0
	for text := range strings.Lines(string(overlay[s.path()])) {
		line++
		if !strings.HasSuffix(strings.TrimSpace(text), s.marker()) {
			continue
		}
		for _, f := range findings {
			at := f.Range.Start
			if f.Check == s.check && at.File == s.path() && at.Line-line <= 2 && line-at.Line <= 2 && !f.Low {
				return true
			}
		}
	}
	return false
}
