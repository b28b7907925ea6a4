package main

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReported(t *testing.T) {
	at := func(line int, related ...place) []finding {
		return []finding{{Check: "relock", File: "a/a.go", Line: line, Related: related}}
	}
	for _, test := range []struct {
		name string
		list []finding
		want bool
	}{
		{"nothing", nil, false},
		{"there", at(20), true},
		{"two lines off", at(18), true},
		{"three lines off", at(23), false},
		{"at the second of the lines", at(41), true},
		{"another file", []finding{{File: "a/b.go", Line: 20}}, false},
		{"last step", at(90, place{"a/a.go", 3, "g0: lock `s.mu`"}, place{"a/a.go", 21, "g1: blocked: lock `s.mu`"}), true},
		{"step before the last", at(90, place{"a/a.go", 20, "g0: lock `s.mu`"}, place{"a/a.go", 3, "g1: blocked: lock `s.mu`"}), false},
		{"related, but no step", at(90, place{"a/a.go", 20, "locked here"}), false},
	} {
		if got := reported(test.list, "a/a.go", []int{20, 40}); got != test.want {
			t.Errorf("%s: got %v", test.name, got)
		}
	}
}

func TestBoard(t *testing.T) {
	var b board
	r := record{Kind: "double lock", Tier: "core"}
	b.add(r, outcome{hit: true, complete: true})
	b.add(r, outcome{hit: true})
	b.add(r, outcome{})
	b.add(r, outcome{failed: errors.New("no such module")})
	var out strings.Builder
	if err := b.show(&out); err != nil {
		t.Fatal(err)
	}
	if want := "double lock  core  4        3       2     1\n"; !strings.HasSuffix(out.String(), want) {
		t.Errorf("got\n%swant as the last line\n%s", out.String(), want)
	}
}

func TestSelection(t *testing.T) {
	r := record{ID: "a-1", Kind: "missing unlock on a path", Tier: "core"}
	for _, test := range []struct {
		s    selection
		want bool
	}{
		{selection{}, true},
		{selection{kinds: []string{"guarded", "unlock"}, tier: "core"}, true},
		{selection{tier: "extra"}, false},
		{selection{kinds: []string{"guarded"}}, false},
		{selection{ids: []string{"a-2"}}, false},
	} {
		if got := test.s.has(r); got != test.want {
			t.Errorf("%+v: got %v", test.s, got)
		}
	}
}

func TestWriteBlobs(t *testing.T) {
	dir := t.TempDir()
	said := "aa blob 3\nab\n\nbb missing\ncc blob 1\nx\n"
	if err := writeBlobs(bufio.NewReader(strings.NewReader(said)), dir, []string{"p/a.go", "p/b.go", "c.go"}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"p/a.go": "ab\n", "c.go": "x"} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "p/b.go")); err == nil {
		t.Error("a missing file was written")
	}
}
