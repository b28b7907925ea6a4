// Package store keeps documents in files.
package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
)

type Document struct {
	ID   string
	Body []byte
}

type Store struct {
	dir   string
	index map[string]int64
}

// Open opens the store in a directory.
func Open(dir string) (*Store, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		panic(err) // want `panic\(err\) in Open, which returns error: callers crash when os.ReadDir fails`
	}
	s := &Store{dir: dir, index: make(map[string]int64)}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			panic(fmt.Sprintf("store: %s: %v", entry.Name(), err)) // want `panic in Open, which returns error: callers crash when entry.Info fails`
		}
		s.index[entry.Name()] = info.Size()
	}
	return s, nil
}

func (s *Store) Get(id string) (*Document, error) {
	body, err := os.ReadFile(filepath.Join(s.dir, id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	} else if err != nil {
		panic("store: " + err.Error()) // want `panic in Get, which returns error: callers crash when os.ReadFile fails`
	}
	return &Document{id, body}, nil
}

// Copy streams a document.
func (s *Store) Copy(w io.Writer, id string) (n int64, err error) {
	f, err := os.Open(filepath.Join(s.dir, id))
	switch {
	case err != nil:
		log.Panicf("cannot open %s: %v", id, err) // want `log.Panicf in Copy, which returns error: callers crash when os.Open fails`
	}
	defer func() {
		if err := f.Close(); err != nil {
			panic(err) // want `panic\(err\) in Copy, which returns error: callers crash when f.Close fails`
		}
	}()
	if n, err = io.Copy(w, f); err != nil && err != io.ErrUnexpectedEOF {
		panic("store: copying failed") // want `panic in Copy, which returns error: callers crash when io.Copy fails`
	}
	return n, nil
}

// Walk calls f for every document.
func (s *Store) Walk(f func(*Document) error) error {
	return filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			panic(err) // want `panic\(err\) in a function literal, which returns error: callers crash when there is an error`
		}
		doc, err := s.Get(d.Name())
		if err == nil {
			return f(doc)
		}
		panic(err) // want `panic\(err\) in a function literal, which returns error: callers crash when s.Get fails`
	})
}

type settings struct{ Compress bool }

var loadSettings = func(dir string) (settings, error) {
	var s settings
	raw, err := os.ReadFile(filepath.Join(dir, "settings.json"))
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		panic(fmt.Errorf("settings: %w", err)) // want `panic in a function literal, which returns error: callers crash when json.Unmarshal fails`
	}
	return s, nil
}

func (s *Store) Reset() error {
	if err := os.RemoveAll(s.dir); err != nil {
		panic(nil) // want `panic\(nil\) gives no reason: recover returns nil before Go 1.21, and \*runtime.PanicNilError since`
	}
	return nil
}

func sum[T any](s *Store, read func(*Document) (T, error), add func(T)) error {
	for id := range s.index {
		doc, err := s.Get(id)
		if err != nil {
			// TODO: stop panicking here
			panic(err) // want `panic\(err\) in sum, which returns error`
		}
		v, err := read(doc)
		if err != nil {
			panic(err) // want `panic\(err\) in sum, which returns error: callers crash when read fails`
		}
		add(v)
	}
	return nil
}

var _ = sum[int]
var _ = loadSettings

// A watcher tells of errors, but for one.
type watcher struct {
	store *Store
	fail  func(id string, err error)
}

func (w *watcher) size(id string) (int, bool) {
	index, err := w.store.Get("index")
	if err != nil {
		w.fail(id, err)
		return 0, false
	}
	doc, err := w.store.Get(id)
	if err != nil {
		panic(err) // want `panic\(err\) in size, which copes with the error at line \d+: callers crash when w.store.Get fails`
	}
	return len(index.Body) + len(doc.Body), true
}

func (w *watcher) Watch(ids <-chan string) (total int) {
	for id := range ids {
		if n, ok := w.size(id); ok {
			total += n
		}
	}
	return total
}
