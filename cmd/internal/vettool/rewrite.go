package vettool

import (
	"errors"
	"flag"
	"io"
	"slices"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/selection"
	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// The flags of multichecker itself, by whether they take a value.
var (
	driverSwitches = []string{"V", "flags", "json", "fix", "diff", "test", "source", "v", "all"}
	driverValues   = []string{"c", "tags", "debug", "cpuprofile", "memprofile", "trace", "unusedfuncs", "unusedstringmethods"}
)

// rewrite turns arguments with our flags into arguments that multichecker
// understands: it runs all it is given unless -NAME flags list what to run,
// so the list is made explicit; all other flags pass through. Arguments
// that aren't ours are left as they are, for multichecker to refuse them.
func rewrite(args []string, checks []suite.Check) ([]string, error) {
	var passed []string
	set := flag.NewFlagSet("", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	selected := selection.Register(set, checks)
	pass := func(name string) func(string) error {
		return func(value string) error {
			passed = append(passed, "-"+name+"="+value)
			return nil
		}
	}
	for _, name := range driverSwitches {
		set.BoolFunc(name, "", pass(name))
	}
	for _, name := range driverValues {
		set.Func(name, "", pass(name))
	}
	for _, check := range checks {
		check.Analyzer.Flags.VisitAll(func(f *flag.Flag) {
			passLike(set, f, check.Name()+"."+f.Name, pass)
		})
	}
	if err := set.Parse(args); err != nil && !foreign(err) {
		return nil, errors.New(selection.Plainly(err))
	} else if err != nil || set.Arg(0) == "help" {
		return args, nil
	}
	chosen, err := selected.Checks()
	if err != nil {
		return nil, err
	}
	return slices.Concat(turnedOff(selected.TooYoung()), passed, enabling(chosen), set.Args()), nil
}

// foreign reports whether package flag complains of a flag that isn't ours.
func foreign(err error) bool {
	return errors.Is(err, flag.ErrHelp) || strings.HasPrefix(err.Error(), "flag provided but not defined")
}

// passLike registers a flag that takes a value if the given one does.
func passLike(set *flag.FlagSet, like *flag.Flag, name string, pass func(string) func(string) error) {
	if b, ok := like.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
		set.BoolFunc(name, "", pass(name))
	} else {
		set.Func(name, "", pass(name))
	}
}

// turnedOff returns the flags that turn kinds of findings off; what is said
// of them stands behind and counts.
func turnedOff(kinds []string) []string {
	var flags []string
	for _, kind := range kinds {
		flags = append(flags, "-"+kind+"=false")
	}
	return flags
}

// enabling returns the flags that make multichecker run just these checks.
func enabling(checks []suite.Check) []string {
	var flags []string
	for _, check := range checks {
		flags = append(flags, "-"+check.Name())
	}
	if !selection.JudgesComments(checks) {
		flags = append(flags, "-"+directive.Name+".unused=false")
	}
	return flags
}
