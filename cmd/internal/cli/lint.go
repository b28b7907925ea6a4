package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/goconclint/goconclint/cmd/internal/drive"
	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/output"
	"github.com/goconclint/goconclint/cmd/internal/selection"
	"github.com/goconclint/goconclint/cmd/internal/store"
	"github.com/goconclint/goconclint/passes/directive"
)

// lint analyses the packages, shows what is found, and returns the exit
// status.
func lint(ctx context.Context, o *options) (int, error) {
	if err := o.view.prepare(ctx); err != nil {
		return exitTrouble, err
	}
	report, base, err := analyze(ctx, o)
	if err != nil {
		return exitTrouble, err
	}
	if (o.fixing.apply || o.fixing.diff) && !report.Interrupted {
		var shown bool
		if report, shown, err = o.repair(ctx, report, base); err != nil {
			return exitTrouble, err
		}
		if shown {
			o.view.complain(report.Problems)
			return o.view.outcome(report), nil
		}
	}
	return o.view.finish(report, base)
}

// analyze runs the checks and returns all that there is to say, and the
// directory that paths are relative to.
func analyze(ctx context.Context, o *options) (output.Report, output.Base, error) {
	base, err := os.Getwd()
	if err != nil {
		return output.Report{}, "", err
	}
	if err := errors.Join(recoverFixes(output.Base(base)), o.configureDirective()); err != nil {
		return output.Report{}, "", err
	}

	stop, err := o.profiling.start()
	if err != nil {
		return output.Report{}, "", errors.Join(err, stop())
	}
	var kept *store.Store
	if !o.stats { // what is known costs nothing
		kept = openStore()
	}
	begun := time.Now()
	bar := newProgress(o)
	result, err := drive.Run(ctx, drive.Options{
		Dir:       o.dir,
		Patterns:  o.patterns,
		Tags:      o.tags,
		Tests:     o.tests,
		Analyzers: selection.Analyzers(o.checks),
		Progress:  bar.report,
		Begin:     bar.begin,
		Measure:   o.stats,
		Store:     kept,
		Memory:    o.limitMemory(),
		Explain:   o.counters == cacheWord,
	})
	bar.erase()
	if stopped := stop(); stopped != nil {
		return output.Report{}, "", stopped
	}
	if o.stats && result != nil {
		showCosts(result.Costs)
	}
	o.showCounters(result)
	o.showVisits(result)

	report := o.report(result, err, ctx.Err() != nil)
	if isTerminal(os.Stdout) {
		report.Elapsed = time.Since(begun)
	}
	closeStore(kept)
	return report, output.Base(base), nil
}

// showCounters writes what the engine that was asked for has counted.
func (o *options) showCounters(result *drive.Result) {
	if o.counters == "" || result == nil {
		return
	}
	for _, c := range result.Counters {
		for _, line := range c.Lines[o.counters] {
			fmt.Fprintf(os.Stderr, "%s: %s\n", c.Package, line)
		}
	}
}

// configureDirective sets what only a driver may say: hidden findings come
// out marked, and comments that silence nothing are reported only when their
// check runs.
func (o *options) configureDirective() error {
	flags := &directive.Analyzer.Flags
	if err := flags.Set("marks", strconv.FormatBool(true)); err != nil {
		return err
	}
	if !selection.JudgesComments(o.checks) {
		return flags.Set("unused", strconv.FormatBool(false))
	}
	return nil
}

// meantCommand returns a suggestion if what matches no package is nearly the
// name of a command.
func (o *options) meantCommand(err error) string {
	if !errors.Is(err, drive.ErrNoMatches) || len(o.patterns) == 0 {
		return ""
	}
	return directive.DidYouMean(o.patterns[0], slices.Sorted(maps.Keys(commands())))
}

// report puts together what there is to say. A run that failed as a whole is
// a problem without a position.
func (o *options) report(result *drive.Result, err error, interrupted bool) output.Report {
	report := output.Report{Interrupted: interrupted}
	if result != nil {
		report.Findings = result.Findings
		report.Problems = result.Problems
		report.Packages, report.Analysed, report.Cached = len(result.Packages), result.Packages, result.Stored
	}
	if err != nil && !interrupted {
		report.Problems = append(report.Problems, finding.Problem{Message: err.Error() + o.meantCommand(err)})
	}
	return report
}
