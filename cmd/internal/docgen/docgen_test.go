package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goconclint/goconclint/passes/suite"
)

const refresh = "run go generate ./passes/suite"

func TestFresh(t *testing.T) {
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	files, err := generate(root, suite.All())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil || string(got) != want {
			t.Errorf("%s is stale: %s", name, refresh)
		}
	}
	for _, name := range strays(root, files) {
		t.Errorf("%s is the page of no check: %s", name, refresh)
	}
}

// TestLinks follows the links between the pages of the repository.
func TestLinks(t *testing.T) {
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range markdownFiles(t, root) {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range links(string(content)) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), target)); err != nil {
				t.Errorf("%s links to %s, which doesn't exist", name, target)
			}
		}
	}
}

// TestChangelog keeps checks from appearing unannounced.
func TestChangelog(t *testing.T) {
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range suite.All() {
		if !strings.Contains(string(content), "**"+check.Name()+"**") {
			t.Errorf("CHANGELOG.md doesn't name %s", check.Name())
		}
	}
}

func markdownFiles(t *testing.T, root string) []string {
	t.Helper()
	var files []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/checks/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	return files
}

// links returns the targets of a page's links to files, without anchors.
func links(text string) []string {
	var targets []string
	for _, part := range strings.Split(text, "](")[1:] {
		target, _, _ := strings.Cut(part, ")")
		target, _, _ = strings.Cut(target, "#")
		if target != "" && !strings.Contains(target, "://") {
			targets = append(targets, target)
		}
	}
	return targets
}

func TestFill(t *testing.T) {
	const text = "above\n<!-- checks: made by go generate ./passes/suite -->\nstale table\n<!-- end of checks -->\nbelow\n"
	filled, err := fill("docs/checks.md", text, suite.All())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(filled, "above\n") || !strings.HasSuffix(filled, "below\n") || strings.Contains(filled, "stale table") {
		t.Errorf("the text around the table isn't kept, or the old one is:\n%s", filled)
	}
	if !strings.Contains(filled, "| [directive](checks/directive.md) |") {
		t.Errorf("the table doesn't link to the page of a check:\n%s", filled)
	}
	if again, err := fill("docs/checks.md", filled, suite.All()); err != nil || again != filled {
		t.Errorf("filling twice isn't the same as once: %v", err)
	}
	if _, err := fill("README.md", "no place", suite.All()); err == nil {
		t.Error("no error for a file without a place for the table")
	}
}

func TestPage(t *testing.T) {
	check, _ := suite.Named("directive")
	text := page(check)
	for _, part := range []string{
		"# directive\n",
		"On by default · since v0.1.0\n",
		"## Wrong\n\n```go\nfunc increment(n int) int {\n",
		"## Right\n",
		"## What it doesn't report\n",
		"## Relatives\n",
		"| `-directive.unused` | `true` |",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("the page has no %q:\n%s", part, text)
		}
	}
}
