// Package suite is the ordered list of all checks: ours and those bundled
// from golang.org/x/tools. Commands, plugins and documentation read it; a
// check that isn't listed here doesn't exist.
package suite

import (
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/directive"
)

// A Group is a family of checks, as in -group=locks.
type Group string

// The groups, in the order in which they are shown. The check of our own
// comments belongs to none.
const (
	Races    Group = "races"
	Channels Group = "channels"
	Locks    Group = "locks"
	Panics   Group = "panics"
	Defers   Group = "defers"
	Hot      Group = "hot"
)

// A Check is one entry of the list.
type Check struct {
	Analyzer *analysis.Analyzer
	Group    Group
	Since    string // version of goconclint that first had it
	Default  bool   // on unless switched off
	Bundled  bool   // from golang.org/x/tools
}

// Name returns the name that users type.
func (c Check) Name() string { return c.Analyzer.Name }

// All returns every check in the order in which they are shown.
func All() []Check {
	return append(own(), bundled()...)
}

func own() []Check {
	return []Check{
		{Analyzer: directive.Analyzer, Since: "v0.1.0", Default: true},
	}
}
