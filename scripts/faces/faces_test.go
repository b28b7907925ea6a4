//go:build unix

package main

import (
	"strings"
	"testing"
)

// TestFindings tells a face that finds something from one that fails.
func TestFindings(t *testing.T) {
	says := func(text, status string) face {
		return face{command: []string{"sh", "-c", "echo '" + text + "'; exit " + status}}
	}
	for _, f := range []face{says("a.go:3:1: bad", "1"), says("a.go:3:1: bad", "0")} {
		if list, err := f.findings("."); err != nil || len(list) != 1 || list[0] != "a.go:3: bad" {
			t.Errorf("%v gives %q, %v", f.command, list, err)
		}
	}
	if list, err := says("all is well", "0").findings("."); err != nil || len(list) != 0 {
		t.Errorf("a face without findings gives %q, %v", list, err)
	}
	if _, err := says("another one is running", "3").findings("."); err == nil || !strings.Contains(err.Error(), "another one is running") {
		t.Errorf("a face that fails gives %v", err)
	}
}
