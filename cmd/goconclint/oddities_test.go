package main

import (
	"context"
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/drive"
	"github.com/goconclint/goconclint/passes/suite"
)

// TestOddities runs every check on the programs with which the compiler and
// the type checker are tested: each corner of the language is in them. What
// doesn't compile by itself is left out by the driver; on the rest no check
// may fail.
func TestOddities(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses two thousand programs")
	}
	dir := t.TempDir()
	programs := copyPrograms(t, dir, "test", "src/internal/types/testdata")
	if programs == 0 {
		t.Skip("this Go distribution comes without the compiler's tests")
	}
	var all []*analysis.Analyzer
	for _, check := range suite.All() {
		all = append(all, check.Analyzer)
	}
	result, err := drive.Run(context.Background(), drive.Options{Dir: dir, Patterns: []string{"./..."}, Analyzers: all})
	if err != nil {
		t.Fatal(err)
	}
	broken := make(map[string]bool)
	for _, problem := range result.Problems {
		broken[problem.Package] = true
		if problem.Internal {
			t.Errorf("%s: %s\n%s", problem.Package, problem.Message, problem.Detail)
		}
	}
	t.Logf("%d programs, %d of them don't compile alone, %d findings", programs, len(broken), len(result.Findings))
	if len(broken) > programs/2 {
		t.Error("most programs weren't analysed")
	}
}

// copyPrograms writes each program below the folders of GOROOT that isn't
// meant to be rejected into a package of its own in a new module, and returns
// how many there are.
func copyPrograms(t *testing.T, dir string, folders ...string) int {
	t.Helper()
	write(t, filepath.Join(dir, "go.mod"), "module odd\n\ngo 1.26\n")
	count := 0
	for _, folder := range folders {
		root := filepath.Join(build.Default.GOROOT, filepath.FromSlash(folder))
		_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
				return nil // a folder that is missing has no programs
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !meantToFail(string(text)) {
				count++
				write(t, filepath.Join(dir, fmt.Sprintf("p%04d", count), "program.go"), string(text))
			}
			return nil
		})
	}
	return count
}

func meantToFail(text string) bool {
	first, _, _ := strings.Cut(text, "\n")
	return strings.Contains(first, "errorcheck") || strings.Contains(text, "ERROR")
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
