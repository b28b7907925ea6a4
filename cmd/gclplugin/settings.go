package gclplugin

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/config"
	"github.com/goconclint/goconclint/cmd/internal/selection"
	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// chosen reads the settings of the linter goconclint, which are keys of
// .goconclint.yaml, sets the flags of the checks and returns those that run.
func chosen(settings any) ([]suite.Check, error) {
	flags, err := config.Decode(settings, "enable", "disable", "only", "groups", "as-of", "settings", "explore")
	if err != nil {
		return nil, err
	}
	checks := own()
	selected, budget, err := apply(flags, checks)
	if err != nil {
		return nil, err
	}
	if checks, err = selected.Checks(); err != nil {
		return nil, err
	}
	if !selection.JudgesComments(checks) {
		err = directive.Analyzer.Flags.Set("unused", "false")
	}
	if budget != "" {
		if wrong := selection.SetBudget(checks, budget); wrong != nil {
			err = errors.Join(err, fmt.Errorf("explore: %w", wrong))
		}
	}
	return checks, err
}

// set reads the settings of a linter that is one check: its flags.
func set(check suite.Check, settings any) error {
	if settings == nil {
		return nil
	}
	flags, err := config.Decode(map[string]any{"settings": map[string]any{check.Name(): settings}}, "settings")
	if err != nil {
		return err
	}
	_, _, err = apply(flags, []suite.Check{check})
	return err
}

// apply sets the flags, and returns those that select checks and how much is
// explored, "" if nothing says so.
func apply(flags []config.Flag, checks []suite.Check) (selected *selection.Flags, budget string, err error) {
	set := flag.NewFlagSet("", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	selected = selection.Register(set, checks)
	selection.RegisterSettings(set, checks)
	var known []string
	set.VisitAll(func(f *flag.Flag) { known = append(known, f.Name) })
	set.StringVar(&budget, "explore", "", strings.Join(selection.Budgets(), ", "))
	var errs []error
	for _, f := range flags {
		if err := set.Parse([]string{f.Arg()}); err != nil {
			errs = append(errs, explained(f, err, known))
		}
	}
	errs = append(errs, selected.TurnOffYounger(set))
	return selected, budget, errors.Join(errs...)
}

// explained says what is wrong, and of a check that golangci-lint has
// elsewhere, where.
func explained(f config.Flag, err error, known []string) error {
	check, _, _ := strings.Cut(f.Name, ".")
	for _, name := range append(strings.Split(f.Value, ","), check) {
		if check, ok := suite.Named(name); ok && check.Bundled {
			return fmt.Errorf("%s: %s is a check of golangci-lint's linter govet: set it there", f.Key, name)
		}
	}
	return f.Explain(err, known)
}
