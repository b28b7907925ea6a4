// Package good shares what is made for it, or with a lock, or not at all.
package good

import (
	"bufio"
	"bytes"
	"encoding/gob"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand"
	"net/http"
	"strings"
	"sync"
	"text/template"
)

var (
	mu     sync.Mutex
	random = rand.New(rand.NewSource(1))
)

// RandomInt draws under the lock.
func RandomInt(n int) int {
	mu.Lock()
	defer mu.Unlock()
	return random.Intn(n)
}

// Reseed too.
func Reseed(seed int64) {
	mu.Lock()
	random.Seed(seed)
	mu.Unlock()
}

// FromTop uses the functions of the package, which lock.
func FromTop(n int) int { return rand.Intn(n) }

// drawLocked is called with the lock held.
func drawLocked() int { return random.Int() }

// Draw takes it.
func Draw() int {
	mu.Lock()
	defer mu.Unlock()
	return drawLocked()
}

// each goroutine has a generator of its own.
func shuffle(decks [][]int) {
	var wg sync.WaitGroup
	for i, deck := range decks {
		wg.Go(func() {
			own := rand.New(rand.NewSource(int64(i)))
			own.Shuffle(len(deck), func(i, j int) { deck[i], deck[j] = deck[j], deck[i] })
		})
	}
	wg.Wait()
}

// seeds draws before it starts the goroutines.
func seeds(n int, run func(seed int64)) {
	source := rand.New(rand.NewSource(1))
	for range n {
		seed := source.Int63()
		go run(seed)
	}
}

// capture reads when the writer is done.
func capture(r io.Reader) string {
	var out bytes.Buffer
	done := make(chan struct{})
	go func() {
		defer close(done)
		io.Copy(&out, r)
	}()
	<-done
	return out.String()
}

// both writes under one lock.
func both(a, b io.Reader) string {
	var lock sync.Mutex
	var out strings.Builder
	var wg sync.WaitGroup
	for _, r := range []io.Reader{a, b} {
		wg.Go(func() {
			lines := bufio.NewScanner(r)
			for lines.Scan() {
				lock.Lock()
				out.WriteString(lines.Text())
				lock.Unlock()
			}
		})
	}
	wg.Wait()
	return out.String()
}

// two buffers for two goroutines.
func separate(a, b io.Reader) (string, string) {
	var first, second bytes.Buffer
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { defer wg.Done(); first.ReadFrom(a) }()
	go func() { defer wg.Done(); second.ReadFrom(b) }()
	wg.Wait()
	return first.String(), second.String()
}

// sizes only reads, in all goroutines.
func sizes(out *bytes.Buffer, n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { fmt.Println(out.Len()) })
	}
	wg.Wait()
}

// An encoder of package gob locks.
func send(enc *gob.Encoder, values []any) {
	var wg sync.WaitGroup
	for _, v := range values {
		wg.Go(func() { enc.Encode(v) })
	}
	wg.Wait()
}

var page = template.Must(template.New("page").Parse("{{.}}"))

// Show executes a template, which is safe.
func Show(w http.ResponseWriter, r *http.Request) { page.Execute(w, r.URL.Path) }

// handle has a buffer per request.
func handle(w http.ResponseWriter, r *http.Request) {
	var buf bytes.Buffer
	fmt.Fprintln(&buf, r.URL)
	w.Header().Set("Content-Type", "text/plain")
	buf.WriteTo(w)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Pooled has one from a pool.
func Pooled(w http.ResponseWriter, r *http.Request) {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	buf.WriteString(r.Method)
	buf.WriteTo(w)
}

// A Conn has one reader and one writer: two values.
type Conn struct {
	r *bufio.Reader
	w *bufio.Writer
}

// Open starts the reader.
func Open(rw io.ReadWriter) *Conn {
	c := &Conn{r: bufio.NewReader(rw), w: bufio.NewWriter(rw)}
	c.w.WriteString("hello\n")
	go c.read()
	return c
}

func (c *Conn) read() {
	for {
		if _, err := c.r.ReadString('\n'); err != nil {
			return
		}
	}
}

// Write is the user's.
func (c *Conn) Write(line string) error {
	c.w.WriteString(line)
	return c.w.Flush()
}

// A Digest belongs to its caller: no lock says otherwise.
type Digest struct{ buf bytes.Buffer }

// Add fills the buffer.
func (d *Digest) Add(s string) { d.buf.WriteString(s) }

// Sum reads it.
func (d *Digest) Sum() uint64 {
	h := fnv.New64()
	h.Write(d.buf.Bytes())
	return h.Sum64()
}

// A Log holds its lock wherever others can be.
type Log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// NewLog writes before anybody else knows the log.
func NewLog(title string) *Log {
	l := &Log{}
	l.buf.WriteString(title)
	return l
}

// Print locks.
func (l *Log) Print(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.print(s)
}

// Println locks.
func (l *Log) Println(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.print(s + "\n")
}

func (l *Log) print(s string) { l.buf.WriteString(s) }

// A Retrier draws in its own goroutine alone, and before it starts it.
type Retrier struct {
	mu    sync.Mutex
	rng   *rand.Rand
	delay int
}

// Run starts the goroutine.
func (r *Retrier) Run() {
	r.delay = r.rng.Int()
	go func() {
		for {
			n := r.rng.Int()
			r.mu.Lock()
			r.delay = n
			r.mu.Unlock()
		}
	}()
}

// drained is a test for the race detector: an empty buffer may be read by all.
func drained(r *strings.Reader) {
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() { r.Read(nil) })
	}
	wg.Wait()
}
