// Package selection decides which checks run. It is the one place for the
// flags that select, in every face of the command:
//
//	-NAME          only these checks; may be repeated
//	-group=LIST    only the checks of these groups
//	-NAME=false    what would run, less this one
//	-enable=LIST   what would run, and these checks or groups as well
//	-disable=LIST  what would run, less these checks or groups
//	-as-of=VERSION what would run, less the checks and the kinds of findings
//	               that are younger and that nobody names
//
// Without any of them the checks that are on by default run. What is said of
// a check by name counts before what is said of its group, that before what
// is said of all, and of two that are alike the last: so a command line wins
// over a configuration whose flags stand in front of it.
package selection

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/semver"
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// All stands for every check in -group, -enable and -disable.
const All = "all"

// Flags holds what a command line says about which checks run.
type Flags struct {
	checks []suite.Check
	only   map[string]bool // checks of -NAME and groups of -group; false if taken back
	on     map[string]bool // what is said of a check, of a group, or of all
	asOf   string          // -as-of, "" for now
}

// Register adds the flags that select among the checks to the set.
func Register(set *flag.FlagSet, checks []suite.Check) *Flags {
	f := RegisterLists(set, checks)
	for _, check := range checks {
		set.BoolFunc(check.Name(), "run only this check; =false: don't run it", f.set(check.Name()))
	}
	return f
}

// RegisterLists adds those of the flags that select several checks at once.
func RegisterLists(set *flag.FlagSet, checks []suite.Check) *Flags {
	f := &Flags{checks: checks, only: make(map[string]bool), on: make(map[string]bool)}
	set.Func("group", "run only the checks of these groups: "+strings.Join(Groups(), ", "), f.each(f.oneGroup))
	set.Func("enable", "also run these checks or groups", f.each(f.switchTo(true)))
	set.Func("disable", "don't run these checks or groups", f.each(f.switchTo(false)))
	set.Func("as-of", "leave out what is younger than this version of goconclint", f.setAsOf)
	return f
}

func (f *Flags) set(name string) func(string) error {
	return func(value string) error {
		on, err := strconv.ParseBool(value)
		if err != nil {
			return errors.New("want true or false")
		}
		f.only[name], f.on[name] = on, on
		return nil
	}
}

func (f *Flags) oneGroup(name string) error {
	if known := Groups(); !slices.Contains(known, name) {
		return fmt.Errorf("no such group%s; there are %s", directive.DidYouMean(name, known), strings.Join(known, ", "))
	}
	f.only[name], f.on[name] = true, true
	return nil
}

func (f *Flags) switchTo(on bool) func(string) error {
	return func(name string) error {
		if known := f.names(); !slices.Contains(known, name) {
			return fmt.Errorf("no such check or group%s; goconclint list shows them", directive.DidYouMean(name, known))
		}
		f.on[name] = on
		return nil
	}
}

// names are those of all checks and groups.
func (f *Flags) names() []string {
	names := Groups()
	for _, check := range f.checks {
		names = append(names, check.Name())
	}
	return names
}

// each reads a list.
func (f *Flags) each(take func(name string) error) func(string) error {
	return func(value string) error {
		for name := range strings.SplitSeq(value, ",") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			if err := take(name); err != nil {
				return err
			}
		}
		return nil
	}
}

func (f *Flags) setAsOf(value string) error {
	version := "v" + strings.TrimPrefix(value, "v")
	if !semver.IsValid(version) {
		return errors.New("want a version such as v0.1.0")
	}
	f.asOf = version
	return nil
}

func (f *Flags) tooYoung(since string) bool {
	return f.asOf != "" && semver.Compare(since, f.asOf) > 0
}

// Checks returns the checks that run, in the order of the suite.
func (f *Flags) Checks() ([]suite.Check, error) {
	var chosen []suite.Check
	for _, check := range f.checks {
		if f.runs(check) {
			chosen = append(chosen, check)
		}
	}
	if len(chosen) == 0 {
		return nil, errors.New("the flags leave no check to run")
	}
	return chosen, nil
}

// runs decides about one check.
func (f *Flags) runs(check suite.Check) bool {
	if on, said := f.on[check.Name()]; said {
		return on
	}
	if f.tooYoung(check.Since) {
		return false
	}
	if on, said := f.on[string(check.Group)]; said {
		return on
	}
	if on, said := f.on[All]; said {
		return on
	}
	return check.Default && !f.restricted()
}

// restricted reports whether some flag says "only".
func (f *Flags) restricted() bool {
	return slices.Contains(slices.Collect(maps.Values(f.only)), true)
}

// TooYoung returns the flags of checks, as "shutdown.endless", that stand for
// kinds of findings younger than -as-of says, sorted. They are to be turned
// off unless somebody asks for them.
func (f *Flags) TooYoung() []string {
	var flags []string
	for _, check := range f.checks {
		for name, since := range check.Later {
			if f.tooYoung(since) {
				flags = append(flags, check.Name()+"."+name)
			}
		}
	}
	slices.Sort(flags)
	return flags
}

// Groups returns the names that -group knows.
func Groups() []string {
	var names []string
	for _, group := range suite.Groups() {
		names = append(names, string(group))
	}
	return append(names, All)
}

// Analyzers returns what a driver runs for the checks.
func Analyzers(checks []suite.Check) []*analysis.Analyzer {
	var analyzers []*analysis.Analyzer
	for _, check := range checks {
		analyzers = append(analyzers, check.Analyzer)
	}
	return analyzers
}

// JudgesComments reports whether the check of our own comments is among the
// given ones. If it isn't, the others must not report comments that silence
// nothing either.
func JudgesComments(checks []suite.Check) bool {
	return slices.ContainsFunc(checks, func(c suite.Check) bool { return c.Name() == directive.Name })
}
