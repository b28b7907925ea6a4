// Package selection decides which checks run. It is the one place for the
// flags that select, in every face of the command:
//
//	-NAME          only these checks; may be repeated
//	-group=LIST    only the checks of these groups
//	-NAME=false    what would run, less this one
//	-enable=LIST   what would run, and these checks or groups as well
//	-as-of=VERSION what would run, less the checks that are younger and that
//	               nobody names
//
// Without any of them the checks that are on by default run.
package selection

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/semver"
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// All stands for every check in -group and -enable.
const All = "all"

// Flags holds what a command line says about which checks run.
type Flags struct {
	checks []suite.Check
	named  map[string]bool // -NAME and -NAME=false
	Lists
}

// Lists holds the flags that select several checks at once.
type Lists struct {
	groups []string // -group
	enable []string // -enable
	asOf   string   // -as-of, "" for now
}

// Register adds the flags that select among the checks to the set.
func Register(set *flag.FlagSet, checks []suite.Check) *Flags {
	f := &Flags{checks: checks, named: make(map[string]bool)}
	f.Lists.Register(set)
	for _, check := range checks {
		set.BoolFunc(check.Name(), "run only this check; =false: don't run it", f.set(check.Name()))
	}
	return f
}

// Register adds the flags of Lists alone to the set.
func (l *Lists) Register(set *flag.FlagSet) {
	set.Func("group", "run only the checks of these groups: "+strings.Join(Groups(), ", "), appendTo(&l.groups))
	set.Func("enable", "also run these checks or groups", appendTo(&l.enable))
	set.Func("as-of", "leave out checks that are younger than this version of goconclint", l.setAsOf)
}

func (f *Flags) set(name string) func(string) error {
	return func(value string) error {
		on, err := strconv.ParseBool(value)
		if err != nil {
			return errors.New("want true or false")
		}
		f.named[name] = on
		return nil
	}
}

func appendTo(list *[]string) func(string) error {
	return func(value string) error {
		for name := range strings.SplitSeq(value, ",") {
			if name = strings.TrimSpace(name); name != "" {
				*list = append(*list, name)
			}
		}
		return nil
	}
}

func (l *Lists) setAsOf(value string) error {
	version := "v" + strings.TrimPrefix(value, "v")
	if !semver.IsValid(version) {
		return errors.New("want a version such as v0.1.0")
	}
	l.asOf = version
	return nil
}

// tooYoung reports whether the check came after the version of -as-of.
func (l *Lists) tooYoung(check suite.Check) bool {
	return l.asOf != "" && semver.Compare(check.Since, l.asOf) > 0
}

// Checks returns the checks that run, in the order of the suite.
func (f *Flags) Checks() ([]suite.Check, error) {
	if err := f.validate(); err != nil {
		return nil, err
	}
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

// runs decides about one check: what is said about it by name counts first.
func (f *Flags) runs(check suite.Check) bool {
	if on, said := f.named[check.Name()]; said {
		return on
	}
	if slices.Contains(f.enable, check.Name()) {
		return true
	}
	if f.tooYoung(check) {
		return false
	}
	if slices.ContainsFunc(f.enable, among(check)) {
		return true
	}
	if f.restricted() {
		return slices.ContainsFunc(f.groups, among(check))
	}
	return check.Default
}

// restricted reports whether some flag says "only".
func (f *Flags) restricted() bool {
	for _, on := range f.named {
		if on {
			return true
		}
	}
	return len(f.groups) > 0
}

// among returns a predicate that reports whether a name means the check: its
// own, its group's, or everyone's.
func among(check suite.Check) func(string) bool {
	return func(name string) bool {
		return name == All || name == check.Name() || name == string(check.Group)
	}
}

// validate reports the first name in a list that means nothing.
func (f *Flags) validate() error {
	known := Groups()
	for _, name := range f.groups {
		if !slices.Contains(known, name) {
			return fmt.Errorf("-group=%s: no such group%s; there are %s", name, directive.DidYouMean(name, known), strings.Join(known, ", "))
		}
	}
	for _, check := range f.checks {
		known = append(known, check.Name())
	}
	for _, name := range f.enable {
		if !slices.Contains(known, name) {
			return fmt.Errorf("-enable=%s: no such check or group%s; goconclint list shows them", name, directive.DidYouMean(name, known))
		}
	}
	return nil
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
