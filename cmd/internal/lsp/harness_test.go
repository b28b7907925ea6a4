package lsp_test

import (
	"context"
	"io"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/drive"
	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/lsp"
	"github.com/goconclint/goconclint/cmd/internal/lsp/lsptest"
	"github.com/goconclint/goconclint/cmd/internal/moduletest"
	"github.com/goconclint/goconclint/cmd/internal/source"
	"github.com/goconclint/goconclint/cmd/internal/store"
	"github.com/goconclint/goconclint/passes/suite"
)

func TestMain(m *testing.M) {
	moduletest.Isolate()
	os.Exit(m.Run())
}

// options are those of a server that finds what the command finds by default
// and looks at once.
func options(t testing.TB) lsp.Options {
	t.Helper()
	kept, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var analyzers []*analysis.Analyzer
	for _, check := range suite.All() {
		if check.Default {
			analyzers = append(analyzers, check.Analyzer)
		}
	}
	return lsp.Options{
		Version: "v0.0.0",
		Store:   kept,
		Configure: func(context.Context, string) (*lsp.Settings, error) {
			return &lsp.Settings{Tests: true, Analyzers: analyzers, Sift: sift}, nil
		},
	}
}

// sift lets everything through that isn't hidden.
func sift(findings []finding.Finding, _ *source.Files) []finding.Finding {
	var list []finding.Finding
	for _, f := range findings {
		if !f.Low && f.Suppressed == "" {
			list = append(list, f)
		}
	}
	return list
}

// start begins a conversation.
func start(t testing.TB, opts lsp.Options, folders ...string) *lsptest.Client {
	t.Helper()
	c := lsptest.Start(t, serve(opts))
	c.Initialize(folders...)
	return c
}

func serve(opts lsp.Options) func(context.Context, io.Reader, io.Writer) int {
	return func(ctx context.Context, in io.Reader, out io.Writer) int { return lsp.Serve(ctx, in, out, opts) }
}

// stored checks that a run as that of the command finds everything in the
// store.
func stored(t testing.TB, opts lsp.Options, dir string, patterns ...string) {
	t.Helper()
	settings, err := opts.Configure(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	result, err := drive.Run(t.Context(), drive.Options{
		Dir: dir, Patterns: patterns, Tests: settings.Tests, Analyzers: settings.Analyzers, Store: opts.Store,
	})
	if err != nil {
		t.Fatal(err)
	}
	if result.Stored != len(result.Packages) {
		t.Errorf("%d of %d packages come from the store", result.Stored, len(result.Packages))
	}
}

// counted counts analyses by wrapping Configure, which each begins with.
func counted(opts *lsp.Options) *atomic.Int32 {
	count := new(atomic.Int32)
	configure := opts.Configure
	opts.Configure = func(ctx context.Context, dir string) (*lsp.Settings, error) {
		count.Add(1)
		return configure(ctx, dir)
	}
	return count
}

// noneLeft checks that the goroutines of the test end, but for those that
// were there before it.
func noneLeft(t *testing.T, before int) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

func at(line, character uint32) protocol.Position {
	return protocol.Position{Line: line, Character: character}
}

// place returns the range of a text in a file.
func place(t testing.TB, content, text string) protocol.Range {
	t.Helper()
	i := strings.Index(content, text)
	if i < 0 {
		t.Fatalf("no %q in\n%s", text, content)
	}
	line := uint32(strings.Count(content[:i], "\n"))
	column := uint32(len([]rune(content[strings.LastIndexByte(content[:i], '\n')+1 : i])))
	return protocol.Range{Start: at(line, column), End: at(line, column+uint32(len([]rune(text))))}
}

// patient is a debounce that no test outlives.
const patient = time.Hour
