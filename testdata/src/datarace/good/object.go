package good

import (
	"bufio"
	"encoding/binary"
	"io"
	"sync"
	"time"
)

// A scan reads words in the background.
type scan struct {
	words chan string
	count int
}

// Scan starts one.
func Scan(r io.Reader) *scan {
	s := &scan{words: make(chan string)}
	go s.run(r)
	return s
}

func (s *scan) run(r io.Reader) {
	defer close(s.words)
	in := bufio.NewScanner(r)
	for in.Scan() {
		s.count++
		s.words <- in.Text()
	}
}

// Words returns what comes.
func (s *scan) Words() <-chan string { return s.words }

// Count waits for the end.
func (s *scan) Count() int {
	for range s.words {
	}
	return s.count
}

// change is a request to a balance, which its goroutine answers.
type change struct {
	by   int
	done chan struct{}
}

// A balance belongs to its goroutine, but while that answers a request.
type balance struct {
	changes chan change
	busy    bool
	total   int
}

// Balance starts one.
func Balance() *balance {
	b := &balance{changes: make(chan change)}
	go b.run()
	return b
}

func (b *balance) run() {
	for c := range b.changes {
		b.total += c.by
		b.busy = false
		close(c.done)
	}
}

// Change is called by one goroutine at a time.
func (b *balance) Change(by int) {
	b.busy = true
	c := change{by, make(chan struct{})}
	b.changes <- c
	<-c.done
}

// A dial turns until it is stopped; its speed is set before it starts.
type dial struct {
	mu    sync.Mutex
	speed time.Duration
	turns int
	stop  chan struct{}
}

// SetSpeed is for those who haven't started it.
func (d *dial) SetSpeed(speed time.Duration) { d.speed = speed }

// Start starts it.
func (d *dial) Start() {
	d.stop = make(chan struct{})
	go d.turn()
}

func (d *dial) turn() {
	for {
		select {
		case <-time.After(d.speed):
			d.mu.Lock()
			d.turns++
			d.mu.Unlock()
		case <-d.stop:
			return
		}
	}
}

// Turns returns how often it has turned.
func (d *dial) Turns() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.turns
}

// A tape is for one goroutine beside its own.
type tape struct {
	cells chan byte
	at    int
}

// Tape starts one.
func Tape() *tape {
	t := &tape{cells: make(chan byte, 8)}
	go func() {
		for range t.cells {
			t.at++
		}
	}()
	return t
}

// At returns where it is. It cannot be called concurrently with writers.
func (t *tape) At() int { return t.at }

// An envoy writes with an encoder of its own each time: what the encoder is
// told of the byte order isn't the variable that it is taken from.
type envoy struct {
	asked chan []byte
	out   io.Writer
}

var byteOrder binary.ByteOrder

func init() { byteOrder = binary.BigEndian }

type wordWriter struct {
	out   io.Writer
	order binary.ByteOrder
	at    int
}

func newWordWriter(out io.Writer, order binary.ByteOrder) *wordWriter {
	return wordWriterAt(out, 0, order)
}

func wordWriterAt(out io.Writer, at int, order binary.ByteOrder) *wordWriter {
	w := new(wordWriter)
	w.out = out
	w.order = order
	w.at = at
	return w
}

func (w *wordWriter) write(word uint32) error {
	w.at += 4
	return binary.Write(w.out, w.order, word)
}

func newEnvoy(out io.Writer) *envoy {
	e := &envoy{asked: make(chan []byte), out: out}
	go e.serve()
	return e
}

func (e *envoy) serve() {
	for question := range e.asked {
		_ = newWordWriter(e.out, byteOrder).write(uint32(len(question)))
	}
}

func (e *envoy) Size(words []uint32) int {
	w := newWordWriter(io.Discard, byteOrder)
	for _, word := range words {
		_ = w.write(word)
	}
	return w.at
}

func (e *envoy) Ask(question []byte) { e.asked <- question }
