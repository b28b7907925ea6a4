package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/output"
	"github.com/goconclint/goconclint/passes/suite"
)

// merge joins JSON reports, as of several operating systems or of parts of a
// repository, and shows them as one.
func merge(ctx context.Context, args []string) (int, error) {
	v := newView(suite.All())
	set := flag.NewFlagSet("goconclint merge", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	v.register(set)
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		return exitClean, usage(os.Stdout)
	} else if err != nil {
		return exitTrouble, explainFlagError(err, set)
	}
	if err := v.validate(); err != nil {
		return exitTrouble, err
	}
	if set.NArg() == 0 {
		return exitTrouble, errors.New("merge takes files that -f json wrote, and flags in front of them")
	}
	if err := v.prepare(ctx); err != nil {
		return exitTrouble, err
	}
	dir, err := os.Getwd()
	if err != nil {
		return exitTrouble, err
	}
	base := output.Base(dir)
	var joined output.Report
	for _, name := range set.Args() {
		report, err := readReport(name, base)
		if err != nil {
			return exitTrouble, err
		}
		join(&joined, report)
	}
	return v.finish(joined, base)
}

// join adds a report to others, so that those of parts of a repository become
// that of one run: in its order, and what several say is said once.
func join(joined *output.Report, report output.Report) {
	joined.Findings = finding.Sort(append(joined.Findings, report.Findings...))
	joined.Problems = finding.SortProblems(append(joined.Problems, report.Problems...))
	joined.Interrupted = joined.Interrupted || report.Interrupted
	joined.Omitted += report.Omitted
	joined.Analysed = append(joined.Analysed, report.Analysed...)
	slices.Sort(joined.Analysed)
	joined.Analysed = slices.Compact(joined.Analysed)
	joined.Packages = max(joined.Packages, report.Packages, len(joined.Analysed)) // a report may not say which
}

func readReport(name string, base output.Base) (output.Report, error) {
	file, err := os.Open(name)
	if err != nil {
		return output.Report{}, err
	}
	defer file.Close()
	report, err := output.ReadJSON(file, base)
	if err != nil {
		return report, fmt.Errorf("%s: %w", name, err)
	}
	return report, nil
}
