package main

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/goconclint/goconclint/passes/suite"
)

// A finding is a report of one of our checks.
type finding struct {
	check   suite.Check
	message string
	low     bool
	places  []token.Position // the first one is the report's own
}

// key tells findings apart, whatever file set they come from.
func (f finding) key() string { return f.check.Name() + " " + f.places[0].String() + " " + f.message }

// reports runs our checks on data that goroutines share, and shows what they
// normally hide as well.
func reports(pkg *packages.Package) ([]finding, error) {
	var analyzers []*analysis.Analyzer
	for _, c := range suite.In(suite.Races) {
		if !c.Bundled {
			analyzers = append(analyzers, c.Analyzer)
		}
	}
	comments, ok := suite.Named("directive")
	if !ok {
		return nil, fmt.Errorf("no check reads our comments")
	}
	if err := comments.Analyzer.Flags.Set("marks", "true"); err != nil {
		return nil, err
	}
	alone := *pkg
	alone.Imports = nil // what it imports has no syntax, and gives no facts
	graph, err := checker.Analyze(analyzers, []*packages.Package{&alone}, nil)
	if err != nil {
		return nil, err
	}
	var list []finding
	for _, action := range graph.Roots {
		if action.Err != nil {
			return nil, action.Err
		}
		c, _ := suite.Named(action.Analyzer.Name)
		for _, d := range action.Diagnostics {
			f := finding{check: c, message: d.Message, low: strings.Contains(d.Category, "#")}
			f.places = append(f.places, pkg.Fset.Position(d.Pos))
			for _, r := range d.Related {
				f.places = append(f.places, pkg.Fset.Position(r.Pos))
			}
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(a, b finding) int { return strings.Compare(a.key(), b.key()) })
	return list, nil
}

// A hit is what the loss of a lock was noticed by.
type hit struct {
	byDefault string // shown by default
	shown     string // by a check that is off by default
	hidden    string // of low confidence
}

func (h hit) String() string {
	switch {
	case h.byDefault != "":
		return h.byDefault
	case h.shown != "":
		return "(off by default) " + h.shown
	case h.hidden != "":
		return "(low confidence) " + h.hidden
	}
	return "nothing"
}

// judge looks for new reports in the functions that have lost the lock.
func (l *lock) judge(before, after []finding) hit {
	old := make(map[string]bool)
	for _, f := range before {
		old[f.key()] = true
	}
	var h hit
	for _, f := range after {
		if old[f.key()] || !slices.ContainsFunc(f.places, l.covers) {
			continue
		}
		for _, way := range []struct {
			report *string
			counts bool
		}{{&h.byDefault, f.check.Default && !f.low}, {&h.shown, !f.low}, {&h.hidden, true}} {
			if way.counts && *way.report == "" {
				*way.report = f.key()
			}
		}
	}
	return h
}

// covers reports whether a place lies in a function that has lost calls.
func (l *lock) covers(place token.Position) bool {
	for _, fn := range l.funcs {
		from, to := l.fset.Position(fn.Pos()), l.fset.Position(fn.End())
		if from.Filename == place.Filename && from.Line <= place.Line && place.Line <= to.Line {
			return true
		}
	}
	return false
}
