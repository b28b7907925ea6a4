package doc

import (
	"strings"
	"testing"
)

const source = `// Package toy defines two analyzers.
//
// # Analyzer toy
//
// toy: report toys
//
// Toys lie around.
//
// Wrong:
//
//	var toy int
//
// Since: v0.1.0
//
// # Analyzer toybox
//
// toybox: report boxes
//
// Boxes are closed.
package toy
`

func TestMust(t *testing.T) {
	want := "report toys\n\nToys lie around.\n\nWrong:\n\n\tvar toy int\n\nSince: v0.1.0"
	if got := Must(source, "toy"); got != want {
		t.Errorf("documentation is %q, want %q", got, want)
	}
	if got := Must(source, "toybox"); got != "report boxes\n\nBoxes are closed." {
		t.Errorf("documentation is %q", got)
	}
}

func TestExtractFails(t *testing.T) {
	for name, test := range map[string]struct{ source, problem string }{
		"no such analyzer": {strings.ReplaceAll(source, "Analyzer toy\n", "Analyzer tool\n"), `no heading "# Analyzer toy"`},
		"no comment":       {"package toy\n", "no heading"},
		"no summary":       {strings.ReplaceAll(source, "// toy: ", "// "), `not followed by "toy: summary"`},
		"no Go":            {"package", "expected"},
	} {
		_, err := extract(test.source, "toy")
		if err == nil || !strings.Contains(err.Error(), test.problem) {
			t.Errorf("%s: error %v, want one with %q", name, err, test.problem)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("Must doesn't panic")
		}
	}()
	Must("package toy\n", "toy")
}

func TestURL(t *testing.T) {
	if got := URL("toy"); !strings.HasPrefix(got, "https://"+Repository) || !strings.HasSuffix(got, "/toy.md") {
		t.Errorf("page is %s", got)
	}
}
