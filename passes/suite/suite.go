// Package suite is the ordered list of all checks: ours and those bundled
// from golang.org/x/tools. Commands, plugins and documentation read it; a
// check that isn't listed here doesn't exist.
package suite

//go:generate go run github.com/goconclint/goconclint/cmd/internal/docgen

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/atomicmix"
	"github.com/goconclint/goconclint/passes/cgomisuse"
	"github.com/goconclint/goconclint/passes/chanleak"
	"github.com/goconclint/goconclint/passes/checkthenact"
	"github.com/goconclint/goconclint/passes/closemisuse"
	"github.com/goconclint/goconclint/passes/condmisuse"
	"github.com/goconclint/goconclint/passes/copyheavy"
	"github.com/goconclint/goconclint/passes/datarace"
	"github.com/goconclint/goconclint/passes/deferargs"
	"github.com/goconclint/goconclint/passes/deferloop"
	"github.com/goconclint/goconclint/passes/deferresult"
	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/emptystruct"
	"github.com/goconclint/goconclint/passes/falseshare"
	"github.com/goconclint/goconclint/passes/fatalexit"
	"github.com/goconclint/goconclint/passes/gopanic"
	"github.com/goconclint/goconclint/passes/guardedby"
	"github.com/goconclint/goconclint/passes/hotalloc"
	"github.com/goconclint/goconclint/passes/hotpointer"
	"github.com/goconclint/goconclint/passes/lockblocked"
	"github.com/goconclint/goconclint/passes/lockorder"
	"github.com/goconclint/goconclint/passes/loopcapture"
	"github.com/goconclint/goconclint/passes/mapguard"
	"github.com/goconclint/goconclint/passes/maporder"
	"github.com/goconclint/goconclint/passes/maprange"
	"github.com/goconclint/goconclint/passes/missingunlock"
	"github.com/goconclint/goconclint/passes/neverclosed"
	"github.com/goconclint/goconclint/passes/oncemisuse"
	"github.com/goconclint/goconclint/passes/panicmisuse"
	"github.com/goconclint/goconclint/passes/prealloc"
	"github.com/goconclint/goconclint/passes/recovermisuse"
	"github.com/goconclint/goconclint/passes/relock"
	"github.com/goconclint/goconclint/passes/retained"
	"github.com/goconclint/goconclint/passes/shutdown"
	"github.com/goconclint/goconclint/passes/slicearray"
	"github.com/goconclint/goconclint/passes/testoutlive"
	"github.com/goconclint/goconclint/passes/unsafeshare"
	"github.com/goconclint/goconclint/passes/waitmisuse"
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

	// Later holds the flags of the analyzer that turn on kinds of findings
	// younger than the check, by the version that first had them: -as-of turns
	// them off. A kind that is new and reported by default has such a flag.
	Later map[string]string

	// Superseded names the check of ours that says the same and more, for a
	// bundled check that is off for that reason.
	Superseded string
}

// Name returns the name that users type.
func (c Check) Name() string { return c.Analyzer.Name }

// checks is made once: an analyzer is known by its address.
var checks = append(byGroup(own()), byGroup(bundled())...)

// byGroup sorts checks in the order of their groups, those of none last, and
// otherwise as they are listed.
func byGroup(list []Check) []Check {
	place := func(c Check) int {
		if i := slices.Index(Groups(), c.Group); i >= 0 {
			return i
		}
		return len(Groups())
	}
	slices.SortStableFunc(list, func(a, b Check) int { return cmp.Compare(place(a), place(b)) })
	return list
}

// All returns every check in the order in which they are shown.
func All() []Check { return slices.Clone(checks) }

func own() []Check {
	return []Check{
		{Analyzer: directive.Analyzer, Since: "v0.1.0", Default: true},
		{Analyzer: neverclosed.Analyzer, Group: Channels, Since: "v0.1.0", Default: true},
		{Analyzer: panicmisuse.Analyzer, Group: Panics, Since: "v0.1.0", Default: true},
		{Analyzer: recovermisuse.Analyzer, Group: Panics, Since: "v0.1.0", Default: true},
		{Analyzer: fatalexit.Analyzer, Group: Panics, Since: "v0.1.0", Default: true},
		{Analyzer: shutdown.Analyzer, Group: Panics, Since: "v0.1.0", Default: true},
		{Analyzer: deferresult.Analyzer, Group: Panics, Since: "v0.1.0", Default: true},
		{Analyzer: gopanic.Analyzer, Group: Panics, Since: "v0.1.0"},
		{Analyzer: mapguard.Analyzer, Group: Races, Since: "v0.1.0", Default: true},
		{Analyzer: missingunlock.Analyzer, Group: Locks, Since: "v0.1.0", Default: true},
		{Analyzer: relock.Analyzer, Group: Locks, Since: "v0.1.0", Default: true},
		{Analyzer: guardedby.Analyzer, Group: Races, Since: "v0.1.0", Default: true},
		{Analyzer: atomicmix.Analyzer, Group: Races, Since: "v0.1.0", Default: true},
		{Analyzer: unsafeshare.Analyzer, Group: Races, Since: "v0.1.0", Default: true},
		{Analyzer: checkthenact.Analyzer, Group: Races, Since: "v0.1.0"},
		{Analyzer: loopcapture.Analyzer, Group: Races, Since: "v0.1.0", Default: true},
		{Analyzer: maprange.Analyzer, Group: Races, Since: "v0.1.0", Default: true},
		{Analyzer: maporder.Analyzer, Group: Races, Since: "v0.1.0"},
		{Analyzer: chanleak.Analyzer, Group: Channels, Since: "v0.1.0", Default: true},
		{Analyzer: closemisuse.Analyzer, Group: Channels, Since: "v0.1.0", Default: true},
		{Analyzer: datarace.Analyzer, Group: Races, Since: "v0.1.0", Default: true},
		{Analyzer: lockorder.Analyzer, Group: Locks, Since: "v0.1.0", Default: true},
		{Analyzer: lockblocked.Analyzer, Group: Locks, Since: "v0.1.0", Default: true},
		{Analyzer: waitmisuse.Analyzer, Group: Locks, Since: "v0.1.0", Default: true},
		{Analyzer: oncemisuse.Analyzer, Group: Locks, Since: "v0.1.0", Default: true},
		{Analyzer: condmisuse.Analyzer, Group: Locks, Since: "v0.1.0", Default: true},
		{Analyzer: testoutlive.Analyzer, Group: Panics, Since: "v0.1.0", Default: true},
		{Analyzer: deferargs.Analyzer, Group: Defers, Since: "v0.1.0", Default: true},
		{Analyzer: deferloop.Analyzer, Group: Defers, Since: "v0.1.0", Default: true},
		{Analyzer: hotalloc.Analyzer, Group: Hot, Since: "v0.1.0", Default: true},
		{Analyzer: hotpointer.Analyzer, Group: Hot, Since: "v0.1.0", Default: true},
		{Analyzer: prealloc.Analyzer, Group: Hot, Since: "v0.1.0"},
		{Analyzer: slicearray.Analyzer, Group: Hot, Since: "v0.1.0"},
		{Analyzer: emptystruct.Analyzer, Group: Hot, Since: "v0.1.0"},
		{Analyzer: retained.Analyzer, Group: Hot, Since: "v0.1.0"},
		{Analyzer: copyheavy.Analyzer, Group: Hot, Since: "v0.1.0"},
		{Analyzer: falseshare.Analyzer, Group: Hot, Since: "v0.1.0"},
		{Analyzer: cgomisuse.Analyzer, Group: Hot, Since: "v0.1.0", Default: true},
	}
}
