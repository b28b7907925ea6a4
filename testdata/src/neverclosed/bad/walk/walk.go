// Package walk collects what goroutines send.
package walk

import (
	"bufio"
	"io"
	"io/fs"
	"path/filepath"
	"sync"
)

// All returns the files below root.
func All(root string) []string {
	paths := make(chan string)
	go func() {
		filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				paths <- path
			}
			return nil
		})
	}()
	var all []string
	for path := range paths { // want `range over paths never ends: paths, sent on at walk.go:\d+, is closed nowhere`
		all = append(all, path)
	}
	return all
}

type job struct {
	open func() (io.ReadCloser, error)
	size int64
}

// Sizes reads all jobs at once.
func Sizes(jobs []*job) (failed []error) {
	results := make(chan error)
	for _, j := range jobs {
		go func() { results <- j.read() }()
	}
	for {
		err, ok := <-results // want `loop over results never ends: results, sent on at walk.go:\d+, is closed nowhere`
		if !ok {
			break
		}
		if err != nil {
			failed = append(failed, err)
		}
	}
	return failed
}

func (j *job) read() error {
	rc, err := j.open()
	if err != nil {
		return err
	}
	defer rc.Close()
	j.size, err = io.Copy(io.Discard, rc)
	return err
}

// ForEach calls f for each line, from several goroutines.
func ForEach(r io.Reader, workers int, f func(string)) error {
	lines := make(chan string, workers)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for line := range lines { // want `range over lines never ends: lines, sent on at walk.go:\d+, is closed nowhere, so wg.Wait at walk.go:\d+ waits for ever`
				f(line)
			}
		}()
	}
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		lines <- scanner.Text()
	}
	wg.Wait()
	return scanner.Err()
}

// Log copies lines on a goroutine of its own that every call leaves behind.
func Log(r io.Reader, w io.Writer) error {
	lines := make(chan string, 100)
	go write(w, lines)
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		lines <- scanner.Text()
	}
	return scanner.Err()
}

func write(w io.Writer, lines <-chan string) {
	for line := range lines { // want `range over lines never ends: lines, sent on at walk.go:\d+, is closed nowhere`
		io.WriteString(w, line)
	}
}

type meter interface{ Follow(<-chan string) }

// Show has somebody else receive too, who can't close either.
func Show(lines []string, m meter) (n int) {
	shown := make(chan string)
	m.Follow(shown)
	go func() {
		for _, line := range lines {
			shown <- line
		}
	}()
	for range shown { // want `range over shown never ends: shown, sent on at walk.go:\d+, is closed nowhere`
		n++
	}
	return n
}

type tree[T any] struct {
	left, right *tree[T]
	value       T
}

func (t *tree[T]) send(out chan<- T) {
	if t == nil {
		return
	}
	t.left.send(out)
	out <- t.value
	t.right.send(out)
}

// Values returns the values in order.
func (t *tree[T]) Values() (all []T) {
	for v := range t.stream() { // want `range over t.stream\(\) never ends: t.stream\(\), sent on at walk.go:\d+, is closed nowhere`
		all = append(all, v)
	}
	return all
}

func (t *tree[T]) stream() <-chan T {
	out := make(chan T)
	go t.send(out)
	return out
}

var _ = (*tree[int]).Values
