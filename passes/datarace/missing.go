package datarace

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A missingLock is one that the others hold whom a function meets: however many
// variables it uses without, one report says so.
type missingLock struct {
	in   *ssa.Function // exported
	lock any           // the class
}

// add keeps a finding, or adds its place to the one about the same lock that
// the same function doesn't take.
func (o *objects) add(f report.Finding, blamed, with sharing.MapUse) {
	if blamed.Entry.Kind != sharing.Exported || !blamed.Held.None() || len(with.Held.Must) == 0 {
		o.found = append(o.found, f)
		return
	}
	key := missingLock{blamed.Entry.Fn, with.Held.Must[0].Class()}
	if i, known := o.missing[key]; known {
		o.found[i].Related = append(o.found[i].Related, report.Here(blamed.Expr, done(blamed.Effect)+" here, too"))
		return
	}
	o.missing[key] = len(o.found)
	o.found = append(o.found, f)
}
