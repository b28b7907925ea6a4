package gclplugin

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/directive"
)

// analyzer returns the linter as one analyzer, which runs its checks one
// after the other; the engines below them are analyzers of their own.
func (l linter) analyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:     l.name,
		Doc:      l.doc,
		Requires: []*analysis.Analyzer{directive.Analyzer},
		Run:      l.run,
	}
	for _, check := range l.checks {
		for _, required := range check.Analyzer.Requires {
			if !slices.Contains(a.Requires, required) {
				a.Requires = append(a.Requires, required)
			}
		}
	}
	return a
}

// run reports what the checks find in a package, sorted by position. A check
// that fails doesn't keep the others from reporting.
func (l linter) run(pass *analysis.Pass) (any, error) {
	var found []analysis.Diagnostic
	var errs []error
	for _, check := range l.checks {
		diagnostics, err := run(check.Analyzer, pass)
		errs = append(errs, err)
		for _, d := range diagnostics {
			if !l.hidden(pass, check.Name(), d) {
				found = append(found, l.worded(pass.Fset, check.Name(), d))
			}
		}
	}
	slices.SortStableFunc(found, func(a, b analysis.Diagnostic) int { return cmp.Compare(a.Pos, b.Pos) })
	fixes := fixes{fset: pass.Fset}
	for _, d := range found {
		d.SuggestedFixes = fixes.choose(d)
		pass.Report(d)
	}
	return nil, errors.Join(errs...)
}

// run runs one check with the results of the linter's pass.
func run(a *analysis.Analyzer, pass *analysis.Pass) (found []analysis.Diagnostic, err error) {
	defer func() {
		if v := recover(); v != nil {
			found, err = nil, fmt.Errorf("internal error: check %s failed on %s: %v", a.Name, pass.Pkg.Path(), v)
		}
	}()
	inner := *pass
	inner.Analyzer = a
	inner.Report = func(d analysis.Diagnostic) { found = append(found, d) }
	_, err = a.Run(&inner)
	return found, err
}
