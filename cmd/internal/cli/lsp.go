package cli

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/lsp"
	"github.com/goconclint/goconclint/cmd/internal/output"
	"github.com/goconclint/goconclint/cmd/internal/selection"
	"github.com/goconclint/goconclint/cmd/internal/source"
	"github.com/goconclint/goconclint/passes/suite"
)

// serve is the language server. Its flags are those of a run, and what they
// say holds in every folder of the workspace.
func serve(ctx context.Context, args []string) (int, error) {
	o, err := parse(withoutStdio(args), suite.All())
	switch {
	case err != nil:
		return exitTrouble, err
	case len(o.patterns) > 0 || o.dir != "":
		return exitTrouble, errors.New("lsp takes flags only: the editor says which folders are open")
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM) // of editors that don't wait
	defer stop()
	kept := openStore()
	defer closeStore(kept)
	return lsp.Serve(ctx, os.Stdin, os.Stdout, lsp.Options{
		Version:   tool().Version,
		Configure: func(ctx context.Context, dir string) (*lsp.Settings, error) { return settingsFor(ctx, args, dir) },
		Store:     kept,
		Debounce:  300 * time.Millisecond,
		Patience:  time.Second,
	}), nil
}

// withoutStdio leaves out a flag that some editors give every server.
func withoutStdio(args []string) []string {
	return slices.DeleteFunc(slices.Clone(args), func(arg string) bool { return arg == "--stdio" || arg == "-stdio" })
}

// settingsFor returns what holds for a folder. Flags of checks are those of
// the process: they are set back first, whatever held for another folder.
func settingsFor(ctx context.Context, args []string, dir string) (*lsp.Settings, error) {
	resetFlags(suite.All())
	o, err := parse(append([]string{"-C", dir}, withoutStdio(args)...), suite.All())
	if err != nil {
		return nil, err
	}
	if err := errors.Join(o.configureDirective(), o.view.prepare(ctx)); err != nil {
		return nil, err
	}
	return &lsp.Settings{
		Tags:      o.tags,
		Tests:     o.tests,
		Analyzers: selection.Analyzers(o.checks),
		Memory:    o.limitMemory(),
		Sift: func(findings []finding.Finding, files *source.Files) []finding.Finding {
			report := output.Report{Findings: findings, Files: files}
			o.view.sift(&report)
			return report.Findings
		},
	}, nil
}

// resetFlags sets the flags of all checks, and of what they need, to what
// they are at the start.
func resetFlags(checks []suite.Check) {
	seen := make(map[*analysis.Analyzer]bool)
	var reset func(a *analysis.Analyzer)
	reset = func(a *analysis.Analyzer) {
		if seen[a] {
			return
		}
		seen[a] = true
		a.Flags.VisitAll(func(f *flag.Flag) { _ = f.Value.Set(f.DefValue) }) // it was valid at the start
		for _, required := range a.Requires {
			reset(required)
		}
	}
	for _, check := range checks {
		reset(check.Analyzer)
	}
}
