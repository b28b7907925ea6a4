package fingerprint

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/source"
)

// of returns the fingerprints of findings with the messages, one per line of
// a function that begins behind a number of empty lines.
func of(t *testing.T, above string, messages ...string) []string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "p.go")
	code := "package p\n" + above + "func f() {\n\t_ = 1\n\t_ = 2\n\t_ = 3\n}\n"
	if err := os.WriteFile(name, []byte(code), 0o666); err != nil {
		t.Fatal(err)
	}
	var findings []finding.Finding
	for i, message := range messages {
		at := finding.Position{File: name, Line: 3 + len(above) + i, Column: 2}
		findings = append(findings, finding.Finding{Check: "mapguard", Package: "p", Message: message, Range: finding.Range{Start: at}})
	}
	Set(findings, new(source.Files))
	var prints []string
	for _, f := range findings {
		prints = append(prints, f.Fingerprint)
	}
	return prints
}

func TestSurvives(t *testing.T) {
	before := of(t, "", "m is written here and read at p.go:7", "line 9 changes x", "x")
	after := of(t, "\n\n\n", "m is written here and read at p.go:10", "line 12 changes x", "x")
	for i := range before {
		if before[i] != after[i] {
			t.Errorf("finding %d: %s before lines were inserted, %s after", i, before[i], after[i])
		}
	}
}

func TestTellsApart(t *testing.T) {
	seen := make(map[string]bool)
	for _, sum := range of(t, "", "same", "same", "other") {
		if seen[sum] {
			t.Errorf("%s twice", sum)
		}
		seen[sum] = true
	}
}
