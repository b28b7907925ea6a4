// Package gclplugin makes goconclint a linter of golangci-lint: a module
// plugin, which docs/golangci-lint.md shows how to build in. Importing it
// registers a linter named goconclint, and one for each check for those who
// want to name checks in nolint comments and exclusions.
package gclplugin

import (
	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

func init() {
	register.Plugin(directive.Everyone, newSuite)
	for _, check := range own() {
		if check.Name() != builtIn {
			register.Plugin(check.Name(), newSingle(check))
		}
	}
}

// builtIn is the name of a check that golangci-lint has a linter of: it runs
// in the suite only.
const builtIn = "prealloc"

// own returns the checks that a plugin has: ours. golangci-lint's govet runs
// those that we bundle.
func own() []suite.Check {
	var checks []suite.Check
	for _, check := range suite.All() {
		if !check.Bundled {
			checks = append(checks, check)
		}
	}
	return checks
}

// A linter is what golangci-lint enables and names in its reports.
type linter struct {
	name, doc string
	checks    []suite.Check
}

// newSuite makes the linter goconclint.
func newSuite(settings any) (register.LinterPlugin, error) {
	checks, err := chosen(settings)
	if err != nil {
		return nil, err
	}
	return linter{directive.Everyone, "find mistakes in concurrency, panics, defers and hot paths", checks}, nil
}

// newSingle returns the constructor of the linter that is one check.
func newSingle(check suite.Check) register.NewPlugin {
	return func(settings any) (register.LinterPlugin, error) {
		if err := set(check, settings); err != nil {
			return nil, err
		}
		return linter{check.Name(), check.Analyzer.Doc, []suite.Check{check}}, nil
	}
}

// GetLoadMode says that syntax isn't enough.
func (l linter) GetLoadMode() string { return register.LoadModeTypesInfo }

// BuildAnalyzers returns the analyzer of the linter: one, since
// golangci-lint writes the names of others into messages.
func (l linter) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	if err := askForMarks(); err != nil {
		return nil, err
	}
	return []*analysis.Analyzer{l.analyzer()}, nil
}

// askForMarks makes checks report what comments silence, too: see hidden.
func askForMarks() error { return directive.Analyzer.Flags.Set("marks", "true") }
