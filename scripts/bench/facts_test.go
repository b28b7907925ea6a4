//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestShowFacts(t *testing.T) {
	few := []burden{{"m/c", 300, 50, 4000}, {"m/a", 0, 50, 4000}, {"m/b", 100, 50, 4000}}
	var out strings.Builder
	if err := showFacts(&out, "m", few); err != nil {
		t.Error(err)
	}
	const want = `m: 3 packages, 2 with facts
facts of a package: median 100 bytes, of those that have any 300, p95 300, at most 300 (m/c)
together 400 bytes, 3.33 % of 12000 of export data (types for any vet tool: 150)
`
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", &out, want)
	}
	for name, list := range map[string][]burden{
		"none":                nil,
		"large in the middle": {{"a", 5000, 0, 1 << 20}, {"b", 5000, 0, 1 << 20}, {"c", 0, 0, 1 << 20}},
		"large together":      {{"a", 0, 0, 4000}, {"b", 0, 0, 4000}, {"c", 800, 0, 4000}},
	} {
		if err := showFacts(&out, "m", list); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestReadSizes(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	vetx := write("vet.out", "vetx\x03\x00\x00\x00\x01\x01\x00\x00typesfacts")
	unit := write("vet.cfg", `{"ImportPath": "m/a", "VetxOutput": "`+vetx+`"}`)
	if b, err := written(unit); err != nil || b != (burden{path: "m/a", types: 3, facts: 257}) {
		t.Errorf("got %+v, %v", b, err)
	}
	archive := write("a.a", "!<arch>\n__.PKGDEF       0           0     0     644     1234      `\n")
	if n, err := exportedIn(archive); err != nil || n != 1234 {
		t.Errorf("got %d, %v", n, err)
	}
	if _, err := exportedIn(vetx); err == nil {
		t.Error("a file of facts passes for an archive")
	}
}
