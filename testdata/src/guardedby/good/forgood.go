package good

import (
	"bufio"
	"context"
	"io"
	"sync"
)

// errand is over for one reason: whoever comes first sets it, and nobody
// unsets it. Who has held the lock may look at it afterwards.
type errand struct {
	ctx  context.Context
	quit context.CancelFunc

	mu  sync.Mutex
	err error
}

func (e *errand) Cancel(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.err != nil {
		return
	}
	e.err = err
	e.quit()
}

func (e *errand) Err() error {
	if e.ctx.Err() == nil {
		return nil
	}
	e.mu.Lock()
	if e.err == nil {
		e.err = e.ctx.Err()
	}
	e.mu.Unlock()
	return e.err
}

// bell makes its channel when it is first asked for, or rings before that.
type bell struct {
	mu    sync.Mutex
	state uint8
	ch    chan struct{}
	who   string
}

var rung = make(chan struct{})

func init() { close(rung) }

func (b *bell) Heard() chan struct{} {
	b.mu.Lock()
	if b.state&1 == 0 {
		b.ch = make(chan struct{})
		b.state |= 1
	}
	b.mu.Unlock()
	return b.ch
}

func (b *bell) Ring(who string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	state := b.state
	if state&2 != 0 {
		return false
	}
	b.who = who
	if state&1 == 0 {
		b.ch = rung
	}
	b.state = 3
	if state&1 != 0 {
		close(b.ch)
	}
	return true
}

// Site's paths are laid out before anybody walks them: all who walk them do so
// without the lock but the one who takes it for something else.
type Site struct {
	mu    sync.Mutex
	paths []string
	last  string
}

func (s *Site) Lay(path string, hook func(string)) {
	s.paths = append(s.paths, path)
	s.mu.Lock()
	s.last = path
	hook(path)
	s.mu.Unlock()
}

func (s *Site) Paths() []string { return s.paths }

func (s *Site) Close() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = ""
	for _, path := range s.paths {
		n += len(path)
	}
	return n
}

// Wire's lines have one reader; the lock keeps him and those apart who put
// another connection in the place of the first.
type Wire struct {
	mu    sync.RWMutex
	lines *bufio.Reader
}

func (f *Wire) Reconnect(r io.Reader) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lines.Reset(r)
}

func (f *Wire) Next() (string, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.lines.ReadString('\n')
}

// A Ticket is for one visitor, as its methods say.
type Ticket interface {
	// Enter returns false if the ticket is used up. It must not be called
	// concurrently with Leave.
	Enter() bool

	// Leave uses the ticket up.
	Leave()
}

type ticket struct {
	mu   sync.Mutex
	used bool
}

func NewTicket() Ticket { return &ticket{} }

func (t *ticket) Leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.used = true
}

func (t *ticket) Enter() bool { return !t.used }

// Sheet is filled in by its owner; others read what it says.
type Sheet struct {
	mu    sync.Mutex
	title string
}

func (f *Sheet) Title() string         { f.mu.Lock(); defer f.mu.Unlock(); return f.title }
func (f *Sheet) Long() bool            { f.mu.Lock(); defer f.mu.Unlock(); return len(f.title) > 80 }
func (f *Sheet) Retitle(t string)      { f.mu.Lock(); defer f.mu.Unlock(); f.title = t }
func (f *Sheet) Prefix(t string)       { f.mu.Lock(); defer f.mu.Unlock(); f.title = t + f.title }
func (f *Sheet) Draft(t string) *Sheet { f.title = t; return f }

// Outlet is set when the program starts, and from then on everybody uses it:
// far more do so without the lock than with it.
type Outlet struct {
	mu   sync.Mutex
	sink io.StringWriter
}

var outlet = &Outlet{}

func (o *Outlet) set(sink io.StringWriter) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sink = sink
}

func SetOutlet(sink io.StringWriter) { outlet.set(sink) }

func CurrentOutlet() io.StringWriter {
	outlet.mu.Lock()
	defer outlet.mu.Unlock()
	return outlet.sink
}

func Debug(text string)  { _, _ = outlet.sink.WriteString("debug " + text) }
func Inform(text string) { _, _ = outlet.sink.WriteString("info " + text) }
func Warn(text string)   { _, _ = outlet.sink.WriteString("warning " + text) }
func Fail(text string)   { _, _ = outlet.sink.WriteString("error " + text) }
