package datarace

import (
	_ "embed"
	"fmt"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
)

//go:embed doc.go
var source string

const name = "datarace"

// Analyzer reports variables that two goroutines use at the same time.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{report.Requires, verdicts.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	verdicts.Report(pass, func(v *verdicts.Verdict) (report.Finding, bool) {
		blamed, other := orient(v)
		return report.Finding{Range: blamed.Range, Message: message(pass, blamed, other)}, true
	})
	return nil, nil
}

// orient returns the access to mend and the one that it meets: the one
// without a lock is to blame, then the one that isn't atomic, then the one
// that writes, then the first.
func orient(v *verdicts.Verdict) (blamed, other *verdicts.Op) {
	a, b := &v.Ops[0], &v.Ops[1]
	switch {
	case len(b.Locks) == 0 && len(a.Locks) > 0:
		return b, a
	case len(a.Locks) == 0 && len(b.Locks) > 0:
		return a, b
	case atomic(a) != atomic(b):
		if atomic(a) {
			return b, a
		}
		return a, b
	case writes(b) && !writes(a):
		return b, a
	}
	return a, b
}

func message(pass *analysis.Pass, blamed, other *verdicts.Op) string {
	subject := subject(blamed, other)
	if blamed.Pos == other.Pos && blamed.Spawn == other.Spawn && blamed.Spawn.IsValid() {
		return fmt.Sprintf("%s is %s here by all goroutines started at %s, at the same time (no common lock)",
			subject, done(blamed), verdicts.Place(pass, blamed.Spawn))
	}
	who := "another goroutine"
	if other.Spawn.IsValid() {
		who = "the goroutine started at " + verdicts.Place(pass, other.Spawn)
	} else if blamed.Spawn.IsValid() {
		who = "the function that started this goroutine"
	}
	return fmt.Sprintf("%s is %s here while %s %s it at %s (%s)",
		subject, done(blamed), who, does(other), verdicts.Place(pass, other.Pos), lock(other))
}

// subject names the variable as one of the two accesses spells it.
func subject(blamed, other *verdicts.Op) string {
	switch {
	case blamed.Name != "" && blamed.Accesses():
		return blamed.Name
	case other.Name != "" && other.Accesses():
		return other.Name
	case blamed.Name != "":
		return blamed.Name
	case other.Name != "":
		return other.Name
	}
	return "a variable"
}

func writes(op *verdicts.Op) bool { return op.What == "write" || op.What == "atomic write" }

func atomic(op *verdicts.Op) bool { return strings.HasPrefix(op.What, "atomic") }

func done(op *verdicts.Op) string {
	if writes(op) {
		return "written"
	}
	return "read"
}

func does(op *verdicts.Op) string {
	switch op.What {
	case "write":
		return "writes"
	case "read":
		return "reads"
	case "atomic write":
		return "atomically writes"
	}
	return "atomically reads"
}

func lock(other *verdicts.Op) string {
	if len(other.Locks) == 0 {
		return "no common lock"
	}
	return "other side holds " + other.Locks[0]
}
