package cli

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/drive"
	"github.com/goconclint/goconclint/cmd/internal/filter"
	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/output"
	"github.com/goconclint/goconclint/cmd/internal/selection"
	"github.com/goconclint/goconclint/passes/directive"
)

// lint analyses the packages, shows what is found, and returns the exit
// status.
func lint(ctx context.Context, o *options) (int, error) {
	base, err := os.Getwd()
	if err != nil {
		return exitTrouble, err
	}
	if err := o.configureDirective(); err != nil {
		return exitTrouble, err
	}

	bar := newProgress(o)
	result, err := drive.Run(ctx, drive.Options{
		Dir:       o.dir,
		Patterns:  o.patterns,
		Tags:      o.tags,
		Tests:     o.tests,
		Analyzers: selection.Analyzers(o.checks),
		Progress:  bar.report,
	})
	bar.erase()
	o.showCounters(result)

	report := o.report(result, err, ctx.Err() != nil)
	if err := o.show(report, output.Base(base)); err != nil {
		return exitTrouble, err
	}
	return status(report), nil
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

// report puts together what there is to say. A run that failed as a whole is
// a problem without a position.
func (o *options) report(result *drive.Result, err error, interrupted bool) output.Report {
	report := output.Report{Interrupted: interrupted}
	if result != nil {
		report.Findings = filter.Hidden(result.Findings, o.confidence == "low", o.showSuppressed)
		report.Problems = result.Problems
		report.Packages = result.Packages
	}
	if err != nil && !interrupted {
		report.Problems = append(report.Problems, finding.Problem{Message: err.Error()})
	}
	return report
}

// show writes the report to standard output, and what has no place there to
// standard error.
func (o *options) show(report output.Report, base output.Base) error {
	w := bufio.NewWriter(os.Stdout)
	switch {
	case o.format == "json":
		if err := output.JSON(w, base, report, tool(), o.debug); err != nil {
			return err
		}
	case o.format == "line":
		output.Line(w, base, report)
	case o.color == "always" || isTerminal(os.Stdout):
		view := output.Terminal{Base: base, Color: o.colored(), Width: columns(os.Stdout)}
		view.Print(w, report)
	default:
		output.Text(w, base, report)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, problem := range report.Troubles() {
		fmt.Fprintf(os.Stderr, "goconclint: %s\n", o.describe(problem))
	}
	if report.Interrupted {
		fmt.Fprintln(os.Stderr, "goconclint: interrupted: what is shown is what was found until then")
	}
	return nil
}

// describe writes a problem that has no place among the findings.
func (o *options) describe(problem finding.Problem) string {
	text := problem.Message
	switch {
	case problem.Internal && o.debug:
		return text + "\n" + problem.Detail
	case problem.Internal:
		return text + " (please report it, with what -debug shows)"
	case problem.Package != "" && !strings.Contains(text, problem.Package):
		return problem.Package + ": " + text
	}
	return text
}

// status is the exit status. Findings that a comment silences are shown for
// information: they don't count.
func status(report output.Report) int {
	switch {
	case report.Interrupted:
		return exitInterrupted
	case len(report.Problems) > 0:
		return exitTrouble
	}
	for _, f := range report.Findings {
		if f.Suppressed == "" {
			return exitFindings
		}
	}
	return exitClean
}
