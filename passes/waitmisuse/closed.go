package waitmisuse

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// uncounted finds WaitGroups of the package, fields or variables that nobody
// else can name, that somebody adds to and waits for, and nobody counts down.
func uncounted(pass *analysis.Pass) []report.Finding {
	var found []report.Finding
	for _, c := range match.TakeCensus(pass, isWaitGroup) {
		if c.Escapes || len(c.Calls["Add"]) == 0 || len(c.Calls["Done"])+len(c.Calls["Go"]) > 0 || len(c.Calls["Add"]) > 1 {
			continue // a second Add may count down
		}
		for _, wait := range c.Calls["Wait"] {
			found = append(found, report.Finding{
				Range: wait, Subject: wait,
				Message: fmt.Sprintf("%s waits here for ever: nothing in the package calls Done", edit.Print(pass.Fset, wait.Fun)),
				Related: []analysis.RelatedInformation{report.Here(c.Calls["Add"][0], "counted here")},
			})
		}
	}
	return found
}

func isWaitGroup(t types.Type) bool { return model.TypeKey(t) == "sync.WaitGroup" }
