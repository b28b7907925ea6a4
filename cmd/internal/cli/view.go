package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/baseline"
	"github.com/goconclint/goconclint/cmd/internal/changed"
	"github.com/goconclint/goconclint/cmd/internal/filter"
	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/fingerprint"
	"github.com/goconclint/goconclint/cmd/internal/output"
	"github.com/goconclint/goconclint/cmd/internal/source"
	"github.com/goconclint/goconclint/passes/suite"
)

// A view is what happens with findings once there are some: which are shown,
// how, and what counts as failure. It is the same for those of a run and for
// those read from JSON.
type view struct {
	targets        []target
	confidence     string // high or low
	severities     *filter.Severities
	paths          *filter.Paths
	showSuppressed bool
	dir            string // that of -C
	newFrom        string // revision since which findings are new, "" for all
	baseline       string // file of known findings, "" for none
	tellKnown      bool   // say what the baseline did
	limit          int    // findings shown at most, 0 for all
	failOn         string // none, findings or errors
	color          string // auto, always or never
	debug          bool

	lines *changed.Lines     // those since newFrom, once prepared
	known *baseline.Baseline // once prepared
}

func newView(checks []suite.Check) view {
	dir, err := os.Getwd()
	if err != nil {
		dir = "" // globs mean absolute paths then
	}
	return view{
		confidence: "high",
		color:      "auto",
		failOn:     "findings",
		severities: filter.NewSeverities(checks),
		paths:      filter.NewPaths(checks, dir),
	}
}

func (v *view) register(set *flag.FlagSet) {
	set.Func("f", strings.Join(output.Formats(), ", ")+"; with =FILE into a file; may be repeated", v.addTarget)
	set.BoolFunc("json", "the same as -f=json", v.setJSON)
	oneOf(set, &v.confidence, "confidence", "high", "low")
	set.Func("severity", "NAME=error, warning or info, for a check or a group; may be repeated", v.severities.Set)
	set.Func("path", "GLOB:disable=NAME,NAME or GLOB:severity=NAME=WORD, for some files only; may be repeated", v.paths.Set)
	set.BoolVar(&v.showSuppressed, "show-suppressed", false, "also show what comments silence")
	set.StringVar(&v.newFrom, "new-from", "", "only findings on lines changed since the git `revision`")
	set.StringVar(&v.baseline, "baseline", "", "leave out the findings that this `file` knows")
	set.Func("max", "show at most this many findings", v.setLimit)
	oneOf(set, &v.failOn, "fail-on", "none", "findings", "errors")
	oneOf(set, &v.color, "color", "auto", "always", "never")
}

func (v *view) setJSON(value string) error {
	on, err := strconv.ParseBool(value)
	if err != nil || !on {
		return err
	}
	return v.addTarget("json")
}

func (v *view) setLimit(value string) error {
	if _, err := fmt.Sscanf(value+"\n", "%d\n", &v.limit); err != nil || v.limit < 0 {
		return errors.New("want a number, 0 for all")
	}
	return nil
}

// finish shows the report and returns the exit status. All findings go in,
// the hidden ones marked.
func (v *view) finish(report output.Report, base output.Base) (int, error) {
	v.sift(&report)
	code := v.status(report)
	var omitted int
	report.Findings, omitted = filter.First(report.Findings, v.limit)
	report.Omitted += omitted // a report that was read may lack some already
	if err := v.show(report, base); err != nil {
		return exitTrouble, err
	}
	return code, nil
}

// outcome is the exit status of a report whose findings aren't shown.
func (v *view) outcome(report output.Report) int {
	v.sift(&report)
	return v.status(report)
}

// sift leaves the findings that are to show, with severities and
// fingerprints.
func (v *view) sift(report *output.Report) {
	report.Tool, report.Details = tool(), v.debug
	if report.Files == nil {
		report.Files = new(source.Files)
	}
	v.severities.Apply(report.Findings)
	fingerprint.Set(report.Findings, report.Files)
	report.Findings = v.paths.Apply(report.Findings)
	report.Findings = filter.Hidden(report.Findings, v.confidence == "low", v.showSuppressed)
	if v.lines != nil {
		report.Findings = slices.DeleteFunc(report.Findings, func(f finding.Finding) bool { return !v.lines.Touch(f) })
	}
	v.leaveKnown(report)
}

// prepare reads what decides about findings, before a long run finds out
// that it isn't there.
func (v *view) prepare(ctx context.Context) (err error) {
	if v.newFrom != "" {
		if v.lines, err = changed.Since(ctx, v.dir, v.newFrom); err != nil {
			return fmt.Errorf("-new-from: %w", err)
		}
	}
	if v.baseline == "" {
		return nil
	}
	v.known, err = readBaseline(v.baseline)
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s isn't there: goconclint baseline write writes it", v.baseline)
	}
	return err
}

// show writes the report to where it is asked for, and what has no place
// there to standard error.
func (v *view) show(report output.Report, base output.Base) error {
	for _, t := range v.destinations() {
		if err := v.write(t, report, base); err != nil {
			return err
		}
	}
	if v.tellKnown && len(v.targets) == 0 {
		fmt.Println(knownLine(report, v.baseline))
	}
	v.complain(report.Troubles())
	if report.Interrupted {
		fmt.Fprintln(os.Stderr, "goconclint: interrupted: what is shown is what was found until then")
	}
	return nil
}

// complain writes problems to standard error.
func (v *view) complain(problems []finding.Problem) {
	for _, problem := range problems {
		fmt.Fprintf(os.Stderr, "goconclint: %s\n", v.describe(problem))
	}
}

// describe writes a problem that has no place among the findings.
func (v *view) describe(problem finding.Problem) string {
	text := problem.Message
	switch {
	case problem.Internal && v.debug:
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
func (v *view) status(report output.Report) int {
	switch {
	case report.Interrupted:
		return exitInterrupted
	case len(report.Problems) > 0:
		return exitTrouble
	}
	for _, f := range report.Findings {
		if f.Suppressed == "" && v.fails(f) {
			return exitFindings
		}
	}
	return exitClean
}

// fails reports whether a finding is a reason to fail.
func (v *view) fails(f finding.Finding) bool {
	switch v.failOn {
	case "none":
		return false
	case "errors":
		return f.Severity == finding.Error
	}
	return true
}
