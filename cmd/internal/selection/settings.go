package selection

import (
	"flag"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// Marks is the flag by which a driver asks for findings that are normally
// hidden. It is for drivers alone.
const Marks = directive.Name + ".marks"

// RegisterSettings adds -NAME.FLAG for each flag of each check to the set.
func RegisterSettings(set *flag.FlagSet, checks []suite.Check) {
	for _, check := range checks {
		check.Analyzer.Flags.VisitAll(func(f *flag.Flag) {
			if name := check.Name() + "." + f.Name; name != Marks {
				set.Var(f.Value, name, f.Usage)
			}
		})
	}
}

// TurnOffYounger turns off the kinds of findings that are younger than -as-of
// says, unless the set has been told something about them.
func (f *Flags) TurnOffYounger(set *flag.FlagSet) error {
	said := make(map[string]bool)
	set.Visit(func(f *flag.Flag) { said[f.Name] = true })
	for _, kind := range f.TooYoung() {
		if said[kind] {
			continue
		}
		if err := set.Set(kind, "false"); err != nil {
			return err
		}
	}
	return nil
}

// Budgets are the words for how much is explored.
func Budgets() []string { return []string{"quick", "default", "thorough"} }

// explorer is the analyzer that runs code on an abstract machine.
const explorer = "explore"

// SetBudget hands one of [Budgets] to the explorer, if a check needs it.
func SetBudget(checks []suite.Check, word string) error {
	for _, check := range checks {
		if engine := required(check.Analyzer, explorer); engine != nil {
			return engine.Flags.Set("budget", word)
		}
	}
	return nil
}

// required returns the analyzer of a name among those that one requires, or
// nil.
func required(by *analysis.Analyzer, name string) *analysis.Analyzer {
	for _, a := range by.Requires {
		if a.Name == name {
			return a
		}
		if found := required(a, name); found != nil {
			return found
		}
	}
	return nil
}
