package lsp

import (
	"context"
	"sync"

	"go.lsp.dev/protocol"
)

// A server is the state of one conversation.
type server struct {
	protocol.UnimplementedServer // whatever isn't offered

	ctx    context.Context // done when the conversation ends
	opts   Options
	client protocol.Client
	tasks  sync.WaitGroup // goroutines of ours
	wake   chan struct{}  // tells the worker that a unit has become due
	exited chan struct{}  // closed when the editor says exit

	mu      sync.Mutex
	phase   phase
	orderly bool // the editor said shutdown before exit
	can     abilities
	folders []string             // of the workspace
	open    map[string]*document // by path
	units   map[string]*unit     // by folder
	running *run                 // what the worker does, nil for nothing
	stops   map[string]func()    // cancels work, by progress token
	tokens  int                  // progress tokens given out
}

// A phase is a part of the conversation.
type phase int

const (
	greeting phase = iota // before initialize
	serving
	leaving // after shutdown
)

// abilities are what the editor can do, as far as it matters.
type abilities struct {
	versions bool // edits that name the version of a file
	snippets bool // edits with places to fill in
	progress bool
	watching bool // tells of changed files when asked to
	markdown bool // in hovers
}

func newServer(ctx context.Context, opts Options) *server {
	return &server{
		ctx:    ctx,
		opts:   opts,
		wake:   make(chan struct{}, 1),
		exited: make(chan struct{}),
		open:   make(map[string]*document),
		units:  make(map[string]*unit),
		stops:  make(map[string]func()),
	}
}

func (s *server) exitStatus() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.orderly {
		return exitOrderly
	}
	return exitAbrupt
}
