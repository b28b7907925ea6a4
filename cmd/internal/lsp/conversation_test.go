package lsp_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/lsp"
	"github.com/goconclint/goconclint/cmd/internal/lsp/lsptest"
	"github.com/goconclint/goconclint/cmd/internal/moduletest"
)

// TestLifecycle: what is refused when, and how the server ends.
func TestLifecycle(t *testing.T) {
	refused := func(t *testing.T, err error, code jsonrpc2.Code) {
		t.Helper()
		var said *jsonrpc2.Error
		if !errors.As(err, &said) || said.Code != code {
			t.Errorf("got %v, want error %d", err, code)
		}
	}
	before := runtime.NumGoroutine()
	t.Run("in order", func(t *testing.T) {
		c := serving(t)
		_, err := c.Server.Hover(context.Background(), new(protocol.HoverParams))
		refused(t, err, jsonrpc2.ServerNotInitialized)
		c.Initialize(t.TempDir())
		_, err = c.Server.Initialize(context.Background(), new(protocol.InitializeParams))
		refused(t, err, jsonrpc2.InvalidRequest)
		_, err = c.Server.Request(context.Background(), "textDocument/unheardOf", nil)
		refused(t, err, jsonrpc2.MethodNotFound)
		if err := c.Server.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		_, err = c.Server.Hover(context.Background(), new(protocol.HoverParams))
		refused(t, err, jsonrpc2.InvalidRequest)
		if err := c.Server.Exit(context.Background()); err != nil {
			t.Error(err)
		}
		if status := c.ExitStatus(); status != 0 {
			t.Errorf("exit status %d", status)
		}
	})
	t.Run("exit without shutdown", func(t *testing.T) {
		c := serving(t)
		c.Initialize()
		if err := c.Server.Exit(context.Background()); err != nil {
			t.Error(err)
		}
		if status := c.ExitStatus(); status != 1 {
			t.Errorf("exit status %d", status)
		}
	})
	t.Run("the editor dies", func(t *testing.T) {
		c := serving(t)
		c.Initialize()
		c.HangUp()
		if status := c.ExitStatus(); status != 1 {
			t.Errorf("exit status %d", status)
		}
	})
	t.Run("nonsense", func(t *testing.T) {
		c := serving(t)
		c.Initialize()
		for _, method := range []string{"textDocument/didOpen", "textDocument/didChange", "$/cancelRequest", "$/unheardOf", "workspace/didChangeWatchedFiles"} {
			if err := c.Conn.Notify(context.Background(), method, []int{1}); err != nil {
				t.Fatal(err)
			}
		}
		if status := c.Quit(); status != 0 {
			t.Errorf("exit status %d", status)
		}
	})
	noneLeft(t, before)
}

// serving begins a conversation without a greeting.
func serving(t *testing.T) *lsptest.Client {
	t.Helper()
	return lsptest.Start(t, serve(options(t)))
}

// TestNewerEdit: an edit cancels the run that doesn't know of it, and what
// that run has found is never shown.
func TestNewerEdit(t *testing.T) {
	dir := moduletest.New(t, "-- go.mod --\nmodule example.com/m\n\ngo 1.26\n-- a.go --\npackage m\n")
	opts := options(t)
	right, begun, canceled := opts.Configure, make(chan struct{}), make(chan struct{})
	var once sync.Once
	opts.Configure = func(ctx context.Context, dir string) (*lsp.Settings, error) {
		once.Do(func() {
			close(begun)
			<-ctx.Done() // a long run
			close(canceled)
		})
		return right(ctx, dir)
	}
	c := start(t, opts, dir)
	path := filepath.Join(dir, "a.go")
	c.Open(path)
	<-begun
	c.Type(path, "package m\n"+late)
	<-canceled
	if list := c.Diagnostics(path); lsptest.Codes(list) != "deferargs" {
		t.Errorf("got %v", list)
	}
	if news := c.News(); news.Published != 1 {
		t.Errorf("%d sets of diagnostics, want one", news.Published)
	}
}

// TestOrder: however fast changes come, the last one counts.
func TestOrder(t *testing.T) {
	dir := moduletest.New(t, "-- go.mod --\nmodule example.com/m\n\ngo 1.26\n-- a.go --\npackage m\n")
	opts := options(t)
	opts.Debounce = 5 * time.Millisecond
	c := start(t, opts, dir)
	path := filepath.Join(dir, "a.go")
	c.Open(path)
	for round := range 10 {
		for i := range 39 {
			c.Type(path, fmt.Sprintf("package m\n\nvar x%d int\n%s", i, late))
		}
		want := ""
		if round%2 == 0 {
			c.Type(path, "package m\n"+late)
			want = "deferargs"
		} else {
			c.Type(path, "package m\n")
		}
		if got := lsptest.Codes(c.Diagnostics(path)); got != want {
			t.Fatalf("round %d: got %q, want %q", round, got, want)
		}
	}
}

// TestDebounce: nothing is looked at while typing goes on, and what is saved
// is looked at without waiting.
func TestDebounce(t *testing.T) {
	dir := moduletest.New(t, "-- go.mod --\nmodule example.com/m\n\ngo 1.26\n-- a.go --\npackage m\n")
	opts := options(t)
	opts.Debounce = patient
	runs := counted(&opts)
	c := start(t, opts, dir)
	path := filepath.Join(dir, "a.go")
	c.Open(path)
	c.Diagnostics(path)
	for range 5 {
		c.Type(path, c.Text(path)+"\n// more\n")
	}
	c.Type(path, "package m\n"+late)
	if n := runs.Load(); n != 1 {
		t.Errorf("%d runs while typing", n)
	}
	c.Save(path)
	if list := c.Diagnostics(path); lsptest.Codes(list) != "deferargs" {
		t.Errorf("saved, but got %v", list)
	}
}

// watched lets a function be called by each analysis of a package.
func watched(opts *lsp.Options, run func()) {
	a := &analysis.Analyzer{Name: "watched", Doc: "tell the test", Run: func(*analysis.Pass) (any, error) {
		run()
		return nil, nil
	}}
	configure := opts.Configure
	opts.Configure = func(ctx context.Context, dir string) (*lsp.Settings, error) {
		settings, err := configure(ctx, dir)
		if err == nil {
			settings.Analyzers = append(slices.Clone(settings.Analyzers), a)
		}
		return settings, err
	}
}

// TestReopening: what is known costs no analysis, whoever has found it.
func TestReopening(t *testing.T) {
	dir := moduletest.New(t, wrong)
	opts := options(t)
	var analyses atomic.Int32
	watched(&opts, func() { analyses.Add(1) })
	path := filepath.Join(dir, "rows", "rows.go")
	for range 2 { // the second server is another one with the same store
		c := start(t, opts, dir)
		for range 2 {
			c.Open(path)
			if list := c.Diagnostics(path); lsptest.Codes(list) != "deferargs" {
				t.Fatalf("got %v", list)
			}
			c.Close(path)
			c.Await(path, 0)
		}
		c.Quit()
	}
	stored(t, opts, dir, "./rows")
	if n := analyses.Load(); n != 1 {
		t.Errorf("%d analyses of one package that didn't change", n)
	}
}

// TestProgress: work that takes long is shown, and can be ended.
func TestProgress(t *testing.T) {
	dir := moduletest.New(t, wrong)
	opts := options(t)
	opts.Patience = time.Microsecond
	c := start(t, opts, dir)
	path := filepath.Join(dir, "rows", "rows.go")
	c.Open(path)
	c.Diagnostics(path)
	c.Heard("the beginning and the end", func(n *lsptest.News) bool {
		return slices.Contains(n.Progress, "begin") && n.Progress[len(n.Progress)-1] == "end"
	})
	for _, token := range []protocol.ProgressToken{protocol.String("goconclint-1"), protocol.Integer(7), protocol.String("?")} {
		if err := c.Server.WorkDoneProgressCancel(context.Background(), &protocol.WorkDoneProgressCancelParams{Token: token}); err != nil {
			t.Error(err)
		}
	}
	c.Type(path, strings.Replace(c.Text(path), "count++", "count += 2", 1))
	c.Diagnostics(path)
}

// TestCancelProgress: the user ends work that takes too long. Nothing is shown
// of it, and the next edit begins anew.
func TestCancelProgress(t *testing.T) {
	dir := moduletest.New(t, wrong)
	opts := options(t)
	opts.Patience = time.Microsecond
	release, waits := make(chan struct{}), make(chan struct{}, 10)
	watched(&opts, func() {
		waits <- struct{}{}
		<-release
	})
	behind := moduletest.New(t, "-- go.mod --\nmodule example.com/b\n\ngo 1.26\n-- b.go --\npackage b\n")
	c := start(t, opts, dir, behind)
	path, next := filepath.Join(dir, "rows", "rows.go"), filepath.Join(behind, "b.go")
	c.Open(path)
	<-waits
	c.Heard("a beginning", func(n *lsptest.News) bool { return slices.Contains(n.Progress, "begin") })
	if err := c.Server.WorkDoneProgressCancel(context.Background(), &protocol.WorkDoneProgressCancelParams{Token: c.News().Tokens[0]}); err != nil {
		t.Error(err)
	}
	c.Hover(path, at(0, 0)) // an answer says that what came before is done
	close(release)
	c.Open(next) // it is looked at when the worker is done with the first module
	c.Diagnostics(next)
	if n := c.News().Published; n != 1 {
		t.Errorf("%d sets of diagnostics, want that of the second module alone", n)
	}
	c.Type(path, c.Text(path)+"// more\n")
	if list := c.Diagnostics(path); lsptest.Codes(list) != "deferargs" {
		t.Errorf("got %v", list)
	}
}

// TestCancelRequest: a request that is cancelled doesn't end the conversation.
func TestCancelRequest(t *testing.T) {
	dir := moduletest.New(t, wrong)
	c := start(t, options(t), dir)
	path := filepath.Join(dir, "rows", "rows.go")
	c.Open(path)
	list := c.Diagnostics(path)
	for i := range 100 {
		ctx, cancel := context.WithCancel(context.Background())
		if i%2 == 0 {
			cancel()
		}
		_ = protocol.Call(ctx, c.Conn, protocol.MethodTextDocumentHover, &protocol.HoverParams{
			TextDocumentPositionParams: protocol.TextDocumentPositionParams{
				TextDocument: protocol.TextDocumentIdentifier{URI: uri.File(path)}, Position: list[0].Range.Start,
			},
		}, new(protocol.Hover))
		cancel()
	}
	if text := c.Hover(path, list[0].Range.Start); text == "" {
		t.Error("no hover")
	}
}
