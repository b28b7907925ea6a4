package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEnginePage runs the worked example of docs/engine-explore.md, code and
// test, and compares what is printed with what the page says.
func TestEnginePage(t *testing.T) {
	page := read(t, "docs/engine-explore.md")
	blocks := regexp.MustCompile("(?s)```(go|)\n(.*?)```").FindAllStringSubmatch(page, 3)
	if len(blocks) != 3 {
		t.Fatalf("the page has %d blocks, want code, test and output", len(blocks))
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/quote\n\ngo 1.26\n", "quote.go": blocks[0][2], "quote_test.go": blocks[1][2],
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command("goconclint", "-chanleak", "./...")
	command.Dir = dir
	command.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, _ := command.Output() // findings make its status 1
	if got := strings.TrimSuffix(string(out), "\n"); got+"\n" != blocks[2][2] {
		t.Errorf("the page shows\n%sbut printed is\n%s", blocks[2][2], out)
	}
}
