package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/baseline"
	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/output"
	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/suite"
)

// baselines is the subcommand "baseline".
func baselines(ctx context.Context, args []string) (int, error) {
	words := []string{"write", "check"}
	if len(args) == 0 {
		return exitTrouble, errors.New("baseline takes one of write and check, then flags and packages")
	}
	if args[0] != "write" && args[0] != "check" {
		return exitTrouble, fmt.Errorf("baseline takes write or check, not %s%s", args[0], directive.DidYouMean(args[0], words))
	}
	o, err := parse(args[1:], suite.All())
	if errors.Is(err, flag.ErrHelp) {
		return exitClean, usage(os.Stdout)
	}
	if err != nil {
		return exitTrouble, err
	}
	if len(o.patterns) == 0 {
		o.patterns = []string{"./..."} // what isn't analysed would count as gone
	}
	if o.baseline == "" {
		o.baseline = baseline.Name
	}
	if args[0] == "write" {
		return writeBaseline(ctx, o)
	}
	o.tellKnown = true
	return lint(ctx, o)
}

// writeBaseline analyses and writes what is found. If something can't be
// analysed nothing is written: its findings would be forgotten.
func writeBaseline(ctx context.Context, o *options) (int, error) {
	file := o.baseline
	o.baseline, o.showSuppressed = "", false // all findings are asked for
	if err := o.view.prepare(ctx); err != nil {
		return exitTrouble, err
	}
	old, err := readBaseline(file)
	if errors.Is(err, os.ErrNotExist) {
		old = new(baseline.Baseline)
	} else if err != nil {
		return exitTrouble, err
	}
	report, base, err := analyze(ctx, o)
	if err != nil {
		return exitTrouble, err
	}
	if report.Interrupted || len(report.Problems) > 0 {
		report.Findings = nil
		return o.view.finish(report, base)
	}
	o.view.sift(&report)
	split := old.Split(report.Findings)
	written := baseline.Of(report.Findings, dirOf(file))
	if err := writeFile(file, written.Write); err != nil {
		return exitTrouble, err
	}
	fmt.Printf("%s: %d findings, %d of them new, %d gone\n", base.Path(file), written.Len(), len(split.New), split.Gone)
	return exitClean, nil
}

func readBaseline(name string) (*baseline.Baseline, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	b, err := baseline.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

func dirOf(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	return filepath.Dir(file)
}

// leaveKnown leaves out what the baseline knows. Findings that a comment
// silences aren't in baselines.
func (v *view) leaveKnown(report *output.Report) {
	if v.known == nil {
		return
	}
	var shown, counted []finding.Finding
	for _, f := range report.Findings {
		if f.Suppressed != "" {
			shown = append(shown, f)
		} else {
			counted = append(counted, f)
		}
	}
	split := v.known.Split(counted)
	report.Findings = finding.Sort(append(shown, split.New...))
	report.Known, report.Gone = split.Known, split.Gone
}

// knownLine sums up what a baseline did, for baseline check.
func knownLine(report output.Report, file string) string {
	text := fmt.Sprintf("%d new, %d known, %d gone", len(report.Findings)+report.Omitted, report.Known, report.Gone)
	if report.Gone > 0 {
		text += ": goconclint baseline write brings " + strings.TrimPrefix(file, "./") + " up to date"
	}
	return text
}
