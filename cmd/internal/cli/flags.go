package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/selection"
	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// options are what the command line asks for.
type options struct {
	dir      string
	tags     string
	tests    bool
	patterns []string

	checks []suite.Check // those that run

	view
	fixing
	profiling
	quiet    bool
	counters string // the engine whose counters are shown, or cacheWord; "" for none
	explore  string // quick, default or thorough
	memory   size   // 0 if not given
}

// parse reads the command line. Flags of the checks themselves go straight
// to their analyzers.
func parse(args []string, checks []suite.Check) (*options, error) {
	o := &options{view: newView(checks)}
	set, selected := o.flags(checks)
	if err := configured(set, glanceAt(args, set), checks); err != nil {
		return nil, err
	}
	if err := set.Parse(args); err != nil {
		return nil, explainFlagError(err, set)
	}
	o.patterns, o.view.dir = set.Args(), o.dir
	for _, pattern := range o.patterns {
		if strings.HasPrefix(pattern, "-") {
			return nil, fmt.Errorf("%s stands behind a package: flags come first", pattern)
		}
	}
	var err error
	if o.checks, err = selected.Checks(); err != nil {
		return nil, err
	}
	if err := selected.TurnOffYounger(set); err != nil {
		return nil, err
	}
	if o.explore != "" {
		err = selection.SetBudget(o.checks, o.explore)
	}
	return o, errors.Join(o.view.validate(), o.fixing.validate(), err)
}

// flags returns all flags, and what those that select checks will hold.
func (o *options) flags(checks []suite.Check) (*flag.FlagSet, *selection.Flags) {
	set := flag.NewFlagSet("goconclint", flag.ContinueOnError)
	set.SetOutput(io.Discard) // errors are worded by us
	o.register(set)
	selected := selection.Register(set, checks)
	selection.RegisterSettings(set, checks)
	return set, selected
}

// setDebug reads -debug, -debug=false and -debug=engine.
func (o *options) setDebug(value string) error {
	if value == exploreEngine || value == cacheWord {
		o.counters = value
		return nil
	}
	var err error
	if o.debug, err = strconv.ParseBool(value); err != nil {
		return errors.New("want explore, cache, true or false")
	}
	return nil
}

// exploreEngine is the analyzer that runs code on an abstract machine.
const exploreEngine = "explore"

func (o *options) register(set *flag.FlagSet) {
	set.StringVar(&o.dir, "C", "", "change to `dir` first")
	set.String("config", "", "read this `file` instead of .goconclint.yaml; none for no file") // read before the others
	set.StringVar(&o.tags, "tags", "", "build tags, separated by commas")
	set.BoolVar(&o.tests, "tests", true, "analyse test files too")
	o.view.register(set)
	set.Var(&o.memory, "mem", "`bytes` of memory beyond which packages wait for others, as 512M or 2G")
	set.BoolVar(&o.fixing.apply, "fix", false, "apply the fixes of what is found")
	set.BoolVar(&o.fixing.ask, "i", false, "with -fix: ask for each one")
	set.BoolVar(&o.fixing.diff, "diff", false, "show the fixes as a diff and apply nothing")
	set.BoolVar(&o.stats, "stats", false, "show the time and memory of each analyzer and package")
	set.StringVar(&o.profiling.cpu, "cpuprofile", "", "write a CPU profile to this `file`")
	set.StringVar(&o.profiling.trace, "trace", "", "write an execution trace to this `file`")
	set.BoolVar(&o.quiet, "q", false, "show no progress")
	oneOf(set, &o.explore, "explore", selection.Budgets()...)
	set.BoolFunc("debug", "show the details of internal errors, or with =explore what exploration did, with =cache why packages were analysed", o.setDebug)
	set.BoolVar(&o.debug, "v", false, "the same as -debug")
}

// oneOf registers a flag that takes one of a few words.
func oneOf(set *flag.FlagSet, value *string, name string, words ...string) {
	set.Func(name, strings.Join(words, ", "), func(s string) error {
		if !slices.Contains(words, s) {
			return fmt.Errorf("want %s%s", strings.Join(words, ", "), directive.DidYouMean(s, words))
		}
		*value = s
		return nil
	})
}

// explainFlagError makes an error of package flag say what to do.
func explainFlagError(err error, set *flag.FlagSet) error {
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	switch {
	case errors.Is(err, flag.ErrHelp):
		return err
	case !unknown:
		return fmt.Errorf("%s; goconclint -h shows the flags", selection.Plainly(err))
	case name == "multichecker":
		return errors.New("-multichecker must be the first argument")
	}
	return fmt.Errorf("no flag or check named -%s%s; goconclint -h shows the flags, goconclint list the checks",
		name, dashed(directive.DidYouMean(name, flagNames(set))))
}

// dashed makes a name that was meant one that can be typed.
func dashed(meant string) string {
	return strings.Replace(meant, "did you mean ", "did you mean -", 1)
}
