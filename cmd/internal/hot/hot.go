// Package hot is goconclint hot: it ranks source lines by what memory costs
// there, and puts beside each what the checks say, what the compiler decided
// and what would mend it.
//
// The cost comes from a profile (passes/hotprofile), the mistakes from the
// checks of the group hot (cmd/internal/drive), the reasons from the compiler
// (cmd/internal/compiler). docs/hot.md describes it for users.
package hot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/compiler"
	"github.com/goconclint/goconclint/cmd/internal/drive"
	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/store"
	"github.com/goconclint/goconclint/passes/hotprofile"
	"github.com/goconclint/goconclint/passes/suite"

	"golang.org/x/tools/go/analysis"
)

// Options are what the command line asks for.
type Options struct {
	Dir      string // "" for the working directory
	Tags     string
	Profile  string // path; "" for the default.pgo of a main package
	Patterns []string
	Top      int          // rows at most; 0 for all
	Store    *store.Store // of findings; nil for none
}

// A Report is what the command shows.
type Report struct {
	Profile *hotprofile.Profile
	Rows    []Row    // dearest first
	Left    int      // rows that -top left out
	Notes   []string // what was left out of account, a line each
}

// A Row is one line of source.
type Row struct {
	File     string // absolute path
	Line     int
	Function string
	Cost     hotprofile.Cost // caused by the line
	Mistakes []Mistake
	Compiler []string // the compiler's words
}

// A Mistake is what a check says about the line.
type Mistake struct {
	Check, Message, Fix string

	At *Place // where it stands, if that is elsewhere: a declaration
}

// A Place is a line of a file.
type Place struct {
	File string
	Line int
}

// Run makes the report. The error says in a line why there is none.
func Run(ctx context.Context, o Options) (*Report, error) {
	if len(o.Patterns) == 0 {
		o.Patterns = []string{"./..."}
	}
	packages, err := list(ctx, o)
	if err != nil {
		return nil, err
	}
	report := new(Report)
	if report.Profile, err = o.profile(packages, report); err != nil {
		return nil, err
	}
	r := newRanking(report, packages)
	if err := r.place(); err != nil {
		return nil, err
	}
	findings, err := o.findings(ctx, report)
	if err != nil {
		return nil, err
	}
	words, err := compiler.Ask(ctx, compiler.Question{
		Dir: o.Dir, Tags: o.Tags, Tests: r.tests, Packages: r.concerned(findings),
	})
	if err != nil {
		report.note("the compiler's reasons are incomplete: %v", err)
	}
	r.judge(findings, words)
	report.cut(o.Top)
	return report, nil
}

func (r *Report) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

func (r *Report) cut(top int) {
	if top > 0 && len(r.Rows) > top {
		r.Left = len(r.Rows) - top
		r.Rows = r.Rows[:top]
	}
}

// findings runs the checks of the group with the profile.
func (o Options) findings(ctx context.Context, report *Report) ([]finding.Finding, error) {
	var analyzers []*analysis.Analyzer
	for _, check := range suite.In(suite.Hot) {
		if flag := check.Analyzer.Flags.Lookup("profile"); flag != nil {
			if ref, ok := flag.Value.(*hotprofile.Ref); ok {
				ref.Use(report.Profile)
			}
		}
		analyzers = append(analyzers, check.Analyzer)
	}
	result, err := drive.Run(ctx, drive.Options{
		Dir: o.Dir, Patterns: o.Patterns, Tags: o.Tags, Tests: true, Analyzers: analyzers,
		Store: o.Store, // the profile is part of the keys, as the value of a flag
	})
	if err != nil {
		return nil, err
	}
	if n := len(result.Problems); n > 0 {
		report.note("%d problems kept code from being checked, the first: %s", n, result.Problems[0].Message)
	}
	return slices.DeleteFunc(result.Findings, func(f finding.Finding) bool { return f.Low || f.Suppressed != "" }), nil
}

// errNoProfile explains itself.
var errNoProfile = errors.New(strings.TrimSpace(`
no profile: -profile names none, and no main package among the packages has a default.pgo. Get one from
  a benchmark:  go test -bench . -cpuprofile cpu.pprof ./pkg    then  goconclint hot -profile cpu.pprof ./...
  a server:     import _ "net/http/pprof", and  curl -o cpu.pprof 'http://HOST/debug/pprof/profile?seconds=30'
  what go build uses: a CPU profile named default.pgo in the main package's folder is found without -profile`))
