// Package lsp is the language server: it shows in an editor what the command
// would find, while the code is being written.
//
// # How it works
//
// The files that are open lie in units (unit.go), each a module or a folder
// of one, with a configuration of its own. Whatever happens to a file makes
// its unit due, at once or when typing has paused (queue.go). One goroutine
// works on units, one after the other, since settings of checks hold for the
// process: it asks the driver for the packages of the open files, with what
// isn't saved yet in place of what is on disk (analysis.go), and publishes
// what has changed (publish.go). A newer edit cancels the run that it makes
// pointless.
//
// The driver keeps results in the store that the command uses: what one of
// them has found costs the other nothing, and reopening a file costs a look.
//
// Messages come in order and are answered at once (dispatch.go), one file per
// kind: notifications change the state, requests read it. State is guarded by
// one lock, which is never held while the server waits for something.
package lsp

import (
	"context"
	"io"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/source"
	"github.com/goconclint/goconclint/cmd/internal/store"
)

// Options are what the server is given by the command.
type Options struct {
	Version string // of goconclint, told to the editor

	// Configure returns what holds for a folder. It is called before each
	// analysis, which the flags of checks belong to, and never during one.
	Configure func(ctx context.Context, dir string) (*Settings, error)

	Store    *store.Store  // results of earlier runs; nil for none
	Debounce time.Duration // how long typing has to pause before it is looked at
	Patience time.Duration // how long work may take before progress is shown
}

// Settings are what holds for one folder.
type Settings struct {
	Tags      string
	Tests     bool
	Analyzers []*analysis.Analyzer
	Memory    uint64

	// Sift returns the findings that are shown, with severities.
	Sift func(findings []finding.Finding, files *source.Files) []finding.Finding
}

// Exit statuses, as the protocol wants them.
const (
	exitOrderly = 0 // the editor said shutdown first
	exitAbrupt  = 1
)

// Serve talks with an editor until it says exit, hangs up, or ctx is done,
// and returns the exit status. It doesn't wait for a read that nothing ends.
func Serve(ctx context.Context, in io.Reader, out io.Writer, opts Options) int {
	ctx, cancel := context.WithCancel(ctx)
	s := newServer(ctx, opts)
	conn := jsonrpc2.NewConn(jsonrpc2.NewHeaderStream(stdio{in, out}), jsonrpc2.WithCodec(codec{}))
	s.client = protocol.ClientDispatcher(conn)
	s.tasks.Go(s.work)
	conn.Go(ctx, s.handler())
	select {
	case <-s.exited:
	case <-conn.Done():
	case <-ctx.Done():
	}
	cancel()
	s.tasks.Wait()
	return s.exitStatus()
}

// stdio joins what is read from with what is written to. Neither is ours to
// close.
type stdio struct {
	io.Reader
	io.Writer
}

func (stdio) Close() error { return nil }

// A codec writes and reads the types of package protocol, some of which are
// unions that only that package can read.
type codec struct{}

func (codec) Marshal(v any) ([]byte, error) {
	if raw, ok := v.(jsonrpc2.RawMessage); ok && raw != nil {
		return raw, nil
	}
	return protocol.Marshal(v)
}

func (codec) Unmarshal(data []byte, v any) error { return protocol.Unmarshal(data, v) }
