// Command docgen writes the documentation that follows from the checks: a
// page for each of ours in docs/checks, and the tables of checks in
// README.md and docs/checks.md. Its one source is the doc.go of each check.
//
// It is run by
//
//	go generate ./passes/suite
//
// from anywhere in the module; a test fails when what it would write differs
// from what is there.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/goconclint/goconclint/passes/suite"
)

func main() {
	root, err := moduleRoot()
	if err == nil {
		err = update(root)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "docgen:", err)
		os.Exit(1)
	}
}

// update makes the documentation below root what it should be.
func update(root string) error {
	files, err := generate(root, suite.All())
	if err != nil {
		return err
	}
	for _, name := range strays(root, files) {
		if err := os.Remove(filepath.Join(root, name)); err != nil {
			return err
		}
	}
	for name, content := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// generate returns the content of every file that follows from the checks,
// by its path below root.
func generate(root string, checks []suite.Check) (map[string]string, error) {
	files := make(map[string]string)
	for _, check := range checks {
		if !check.Bundled {
			files[pagePath(check)] = page(check)
		}
	}
	for _, name := range []string{"README.md", "docs/checks.md"} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return nil, err
		}
		if files[name], err = fill(name, string(content), checks); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return files, nil
}

// strays returns the pages of checks that don't exist any more.
func strays(root string, files map[string]string) []string {
	pages, _ := filepath.Glob(filepath.Join(root, pageFolder, "*.md")) // the pattern is well-formed
	var list []string
	for _, path := range pages {
		name := pageFolder + "/" + filepath.Base(path)
		if _, ok := files[name]; !ok {
			list = append(list, name)
		}
	}
	return list
}

// moduleRoot returns the folder of go.mod at or above the working directory.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no go.mod at or above the working directory")
		}
		dir = parent
	}
}
