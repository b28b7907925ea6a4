package report

import (
	"slices"
	"testing"

	"github.com/goconclint/goconclint/passes/directive"
)

// planned are checks that the table of precedence may name before they
// exist, and checks of golang.org/x/tools that ours stand in for.
var planned = []string{
	"defers", "loopclosure",
}

func TestPrecedenceNamesChecks(t *testing.T) {
	for pair := range outranks {
		for _, name := range pair {
			if !directive.Known(name) && !slices.Contains(planned, name) {
				t.Errorf("%v: %s is neither a check nor planned", pair, name)
			}
		}
		if outranks[[2]string{pair[1], pair[0]}] {
			t.Errorf("%v outrank each other", pair)
		}
	}
	for _, name := range planned {
		if directive.Known(name) {
			t.Errorf("%s exists: it is no longer planned", name)
		}
	}
}
