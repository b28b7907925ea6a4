package changed

import (
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// TestPatch reads what git prints for odd names, hunks that only delete, and
// code that looks like the head of a file.
func TestPatch(t *testing.T) {
	l := &Lines{files: make(map[string][]span), real: make(map[string]string)}
	l.addPatch("/top", "diff --git a/a.go b/a.go\n--- a/a.go\n+++ b/a.go\n@@ -1,0 +2,2 @@ func f()\n+x\n+++ b/c.go\n@@ -9 +20,0 @@\n-y\n"+
		"diff --git a/old b/old\n--- a/old\n+++ /dev/null\n@@ -1 +0,0 @@\n-z\n"+
		"diff --git \"a/t\\tab.go\" \"b/t\\tab.go\"\n--- \"a/t\\tab.go\"\n+++ \"b/t\\tab.go\"\n@@ -3 +3 @@\n-y\n+z\n"+
		"diff --git a/two words.go b/two words.go\n--- a/two words.go\t\n+++ b/two words.go\t\n@@ -3 +3 @@\n-y\n+z\n")
	for _, test := range []struct {
		file string
		line int
		want bool
	}{
		{"/top/a.go", 1, false}, {"/top/a.go", 2, true}, {"/top/a.go", 3, true}, {"/top/a.go", 4, false},
		{"/top/a.go", 20, true}, {"/top/a.go", 21, true}, {"/top/a.go", 22, false},
		{"/top/c.go", 20, false}, {"/top/old", 1, false},
		{"/top/t\tab.go", 3, true}, {"/top/two words.go", 3, true}, {"/top/two words.go", 4, false},
	} {
		at := finding.Range{Start: finding.Position{File: test.file, Line: test.line}}
		if got := l.Touch(finding.Finding{Range: at}); got != test.want {
			t.Errorf("%q:%d changed: %v", test.file, test.line, got)
		}
	}
}
