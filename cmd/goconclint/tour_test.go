package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// root is the module's, seen from this folder.
const root = "../.."

const (
	tour     = "go run ./cmd/goconclint ./testdata/tour/..."
	findings = "testdata/tour/findings.txt"
)

// TestTour runs the first command of the README and compares all that it
// prints.
func TestTour(t *testing.T) {
	words := strings.Fields(tour)
	command := exec.Command(words[0], words[1:]...)
	command.Dir = root
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	var exit *exec.ExitError
	if err := command.Run(); !errors.As(err, &exit) {
		t.Fatalf("%s: %v, want an exit status that says there are findings", tour, err)
	}
	if got := stderr.String(); got != "exit status 1\n" { // as go run says it
		t.Errorf("on standard error: %s", got)
	}
	if want := read(t, findings); stdout.String() != want {
		t.Errorf("%s prints other than %s holds; if that is right, run %[1]s > %[2]s\n%[3]s", tour, findings, stdout.String())
	}
}

// TestTourIsCleanForVet holds the README to its word that vet finds nothing.
func TestTourIsCleanForVet(t *testing.T) {
	command := exec.Command("go", "vet", "./testdata/tour/...")
	command.Dir = root
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
}

// TestReadmeShowsTheTour compares the README's example with the program
// that it is taken from: the code, and what is printed about it.
func TestReadmeShowsTheTour(t *testing.T) {
	shown := 0
	printed := read(t, findings)
	var tourCode strings.Builder
	files, err := filepath.Glob(filepath.Join(root, "testdata/tour/*/*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tourCode.Write(content)
	}
	for i, block := range strings.Split(read(t, "README.md"), "```") {
		language, text, _ := strings.Cut(block, "\n")
		source := map[string]string{"go": tourCode.String(), "text": printed}[language]
		if i%2 == 0 || source == "" {
			continue
		}
		shown++
		for line := range strings.Lines(text) {
			if !strings.Contains(source, line) && !strings.HasPrefix(line, "$ ") {
				t.Errorf("README.md shows a line that isn't there: %s", line)
			}
		}
	}
	if shown < 2 {
		t.Error("README.md shows no code with what is printed about it")
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
