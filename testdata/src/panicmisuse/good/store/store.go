// Package store holds near misses of the bad packages.
package store

import (
	"bytes"
	"compress/gzip"
	"crypto/aes"
	"crypto/rand"
	"embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Open returns what went wrong.
func Open(dir string) ([]os.DirEntry, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return entries, nil
}

// MustOpen is Open for directories that are known to exist.
func MustOpen(dir string) []os.DirEntry {
	entries, err := Open(dir)
	if err != nil {
		panic(err)
	}
	return entries
}

// Create makes a directory. It panics if the file system is read-only,
// which callers are expected to have checked.
func Create(dir string) (string, error) {
	if err := os.Mkdir(dir, 0o777); err != nil {
		panic(err)
	}
	return dir, nil
}

// Writers in memory, hashes and randomness never fail.
func encode(id uint64, name string) ([]byte, error) {
	var buf bytes.Buffer
	if err := binary.Write(&buf, binary.BigEndian, id); err != nil {
		panic(err)
	}
	if _, err := buf.WriteString(name); err != nil {
		panic(err)
	}
	sum := crc32.NewIEEE()
	if _, err := io.WriteString(sum, name); err != nil {
		panic(err)
	}
	var b strings.Builder
	if _, err := fmt.Fprintf(&b, "%x", sum.Sum32()); err != nil {
		panic("builder: " + err.Error())
	}
	nonce := make([]byte, 12)
	if _, err := io.ReadFull(rand.Reader, nonce); err != nil {
		panic(err)
	}
	if _, err := rand.Read(nonce); err != nil {
		panic(err)
	}
	if len(name) > 255 {
		return nil, errors.New("name too long")
	}
	return append(buf.Bytes(), nonce...), nil
}

// What is written in the program fails on the first run or never.
func home() (*url.URL, error) {
	u, err := url.Parse("https://example.org/")
	if err != nil {
		panic(err)
	}
	start, err := time.Parse(time.DateOnly, "2020-01-01")
	if err != nil {
		panic(err)
	}
	if time.Since(start) < 0 {
		return nil, errors.New("clock is wrong")
	}
	return u, nil
}

//go:embed store.go
var files embed.FS

var limits = []struct{ name, value string }{{"a", "1"}, {"b", "2"}}

func tables() (int, error) {
	text, err := files.ReadFile("store.go")
	if err != nil {
		panic(err)
	}
	total := len(text)
	for _, limit := range limits {
		n, err := strconv.Atoi(limit.value)
		if err != nil {
			panic(err)
		}
		total += n
	}
	return total, nil
}

// Lengths, levels and structures are the program's own.
func seal(key [32]byte, v struct{ A, B int }) ([]byte, error) {
	if _, err := aes.NewCipher(key[:]); err != nil {
		panic(err)
	}
	var buf bytes.Buffer
	if _, err := gzip.NewWriterLevel(&buf, gzip.BestSpeed); err != nil {
		panic(err)
	}
	return json.Marshal(v)
}

func count(v any) (int, error) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return len(data), nil
}

// What the author explains is meant.
func explained(path string, n int) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		// The caller has just written it: this can't happen.
		panic(err)
	}
	if err := os.Remove(path); err != nil {
		panic(fmt.Sprintf("store: internal error: %v", err))
	}
	// Only a programming mistake makes this fail.
	if _, err := strconv.ParseInt(path, 10, 64); err != nil {
		panic(err)
	}
	switch n {
	case 0:
		return string(data), nil
	case 1:
		return "", nil
	default:
		panic(fmt.Sprintf("store: unknown mode %d", n))
	}
}

// Programmer errors may panic whatever the function returns.
func read(r *bytes.Reader, n int) ([]byte, error) {
	if r == nil {
		panic("store: nil reader")
	}
	if n < 0 {
		panic(errNegative)
	}
	if n > r.Len() {
		return nil, io.ErrUnexpectedEOF
	}
	return make([]byte, n), nil
}

var errNegative = errors.New("store: negative count")

// ErrorHandling says what to do about errors.
type ErrorHandling int

// The kinds of handling.
const (
	ReturnError ErrorHandling = iota
	PanicOnError
)

type parser struct {
	handling ErrorHandling
	debug    bool
}

func (p *parser) parse(args []string) (int, error) {
	n, err := strconv.Atoi(args[0])
	if err != nil {
		switch p.handling {
		case PanicOnError:
			panic(err)
		}
		return 0, err
	}
	if p.debug {
		if _, err := os.Stat(args[0]); err != nil {
			panic(err)
		}
	}
	if err != nil && p.handling == PanicOnError {
		panic(err)
	}
	return n, nil
}

// A special error is the author's business.
func special(path string) error {
	_, err := os.Stat(path)
	if err == os.ErrClosed {
		panic("unexpected error: " + err.Error())
	}
	return err
}

// A text that doesn't hold the error is an assertion, in a helper.
func tagNumber(tag string) int {
	n, err := strconv.Atoi(tag)
	if err != nil {
		panic("tag is no number")
	}
	return n
}

// Number takes the tags of its own types.
func Number(tag string) (int, error) {
	if tag == "" {
		return 0, errors.New("no tag")
	}
	return tagNumber(tag), nil
}

type message struct {
	kind byte
	err  error
}

// So is one about an error that lay around.
func (m *message) check() error {
	if m.kind == 'Z' {
		if m.err != nil {
			panic("m.err != nil")
		}
	}
	return m.err
}

type digest struct {
	sum hash.Hash
	n   int
}

// Write is a hash's.
func (d *digest) Write(p []byte) (n int, err error) {
	n, err = d.sum.Write(p)
	if err != nil {
		panic(errHash)
	}
	d.n += n
	return n, nil
}

var errHash = errors.New("hash failed")

// What was encoded here can be decoded here.
func fields(v message) (map[string]any, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		panic(err)
	}
	return m, nil
}

// Why a panic is right may be said earlier.
func solve(initial []string) (n int, err error) {
	if initial != nil {
		// The caller has chosen a start. Panic if it is none.
		if len(initial) > 9 {
			panic("too many")
		}
		n, err = readStart(initial)
		if err != nil {
			panic(err)
		}
	}
	return n, nil
}

func readStart(initial []string) (int, error) { return strconv.Atoi(initial[0]) }

type dict struct{ data []byte }

func (d *dict) Read(p []byte) (int, error) { return copy(p, d.data), nil }

func drain(d *dict, p []byte) (int, error) {
	// Reading the dictionary never returns an error.
	k, err := d.Read(p)
	if err != nil {
		panic(fmt.Errorf("dictionary read error %s", err))
	}
	if k == 0 {
		return 0, io.EOF
	}
	return k, nil
}

// Callers that can't return an error are no reason to blame the helper.
func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		panic(err)
	}
	return info.Size()
}

type sized struct{ n int64 }

// NewSized has no error to return.
func NewSized(path string) sized { return sized{size(path)} }

// Initialisation has nobody to return errors to.
var root = func() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	return dir
}()

var defaults = load("defaults")

func load(name string) map[string]string {
	m, err := readMap(name)
	if err != nil {
		panic(err)
	}
	return m
}

func readMap(name string) (map[string]string, error) {
	if name == "" {
		return nil, errors.New("no name")
	}
	return map[string]string{}, nil
}

func init() {
	if err := os.MkdirAll(root, 0o777); err != nil {
		panic(err)
	}
	register("a")
}

func register(name string) error {
	if err := os.Setenv("NAME", name); err != nil {
		panic(err)
	}
	return nil
}

// A goroutine has nobody to return to either: gopanic's business.
func background(path string) error {
	go func() {
		if err := os.Remove(path); err != nil {
			panic(err)
		}
	}()
	return nil
}

// A rotating log gives its lock back and then panics: that was thought about.
type rotating struct {
	mu   sync.Mutex
	file *os.File
}

func (r *rotating) Write(p []byte) (int, error) {
	r.mu.Lock()
	f, err := os.OpenFile(r.file.Name(), os.O_APPEND, 0)
	if err != nil {
		r.mu.Unlock()
		panic(fmt.Sprintf("can't open the log %q again: %v", r.file.Name(), err))
	}
	r.file = f
	r.mu.Unlock()
	return f.Write(p)
}

// What was just looked at can be taken away.
type ring struct{ numbers []int }

func (r *ring) pop(n int) error {
	if len(r.numbers) == 0 || r.numbers[0] != n {
		return fmt.Errorf("pop of %d", n)
	}
	r.numbers = r.numbers[1:]
	return nil
}

func (r *ring) next(name func(int) (string, error)) (string, error) {
	n := r.numbers[0]
	if err := r.pop(n); err != nil {
		panic(err)
	}
	return name(n)
}

// A buffer of the package's own, written with what fits.
type window struct{ data []byte }

func (w *window) Write(p []byte) (int, error) {
	if len(w.data)+len(p) > cap(w.data) {
		return 0, io.ErrShortBuffer
	}
	w.data = append(w.data, p...)
	return len(p), nil
}

func (w *window) match(from, length int) error {
	if from > len(w.data) {
		return errors.New("match outside of the window")
	}
	if _, err := w.Write(w.data[from : from+length]); err != nil {
		panic(fmt.Errorf("w.Write returned error %s", err))
	}
	return nil
}

var (
	_ = (*window).match
	_ = (*rotating).Write
	_ = (*ring).next
	_ = encode
	_ = fields
	_ = solve
	_ = drain
	_ = (*message).check
	_ = (*digest).Write
	_ = home
	_ = tables
	_ = seal
	_ = count
	_ = explained
	_ = read
	_ = (*parser).parse
	_ = special
	_ = defaults
	_ = background
)

// quoted copes with what files bring, and panics on what the program has
// made itself.
func quoted(path string, tell func(error)) []byte {
	data, err := os.ReadFile(path)
	if err != nil {
		tell(err)
		return nil
	}
	text, err := json.Marshal(string(data))
	if err != nil {
		panic(err)
	}
	return text
}

// Sizes ignores one error and has no way to tell of the other.
func Sizes(paths []string) (total int64) {
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			continue
		}
		entries, err := os.ReadDir(path)
		if err != nil {
			panic(err)
		}
		total += info.Size() + int64(len(entries)) + int64(len(quoted(path, nil)))
	}
	return total
}
