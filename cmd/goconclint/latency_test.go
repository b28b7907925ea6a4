package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkSave compares how long an editor waits for diagnostics after a
// file of a package of a hundred files is saved with how long the command
// takes for that package, both with everything known that can be known. An
// operation is one save without a change and one with an edit of a function's
// body, each beside a run of the command on the same package in the same
// state.
//
//	go test ./cmd/goconclint -run '^$' -bench Save -benchtime 5x
//
// It fails if a save takes more than half as long again as the command.
func BenchmarkSave(b *testing.B) {
	dir := b.TempDir()
	b.Setenv("GOCONCLINT_CACHE", b.TempDir())
	write(b, filepath.Join(dir, "go.mod"), "module example.com/large\n\ngo 1.26\n")
	for i := range 100 {
		write(b, filepath.Join(dir, fmt.Sprintf("service%d.go", i)), strings.ReplaceAll(service, "NUMBER", fmt.Sprint(i)))
	}
	path := filepath.Join(dir, "service7.go")
	c := editor(b)
	c.Initialize(dir)
	c.Open(path)
	c.Diagnostics(path)
	text := c.Text(path)
	lint := func() time.Duration {
		begun := time.Now()
		cmd := exec.Command("goconclint", ".")
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		return time.Since(begun)
	}
	save := func() time.Duration {
		c.Forget(path)
		begun := time.Now()
		c.Save(path)
		c.Diagnostics(path)
		return time.Since(begun)
	}
	var times [4][]time.Duration
	note := func(kind int, took time.Duration) { times[kind] = append(times[kind], took) }
	lint()
	for i := 0; b.Loop(); i++ {
		note(0, lint())
		note(1, save())
		write(b, path, edited(text, 2*i)) // what the command sees first
		note(2, lint())
		c.Type(path, edited(text, 2*i+1))
		note(3, save())
	}
	median := func(kind int) float64 {
		slices.Sort(times[kind])
		return times[kind][len(times[kind])/2].Seconds() * 1000
	}
	compare := func(command, save int, suffix string) {
		ratio := median(save) / median(command)
		b.ReportMetric(median(command), "ms-command"+suffix)
		b.ReportMetric(median(save), "ms-save"+suffix)
		b.ReportMetric(ratio, "ratio"+suffix)
		if ratio > 1.5 {
			b.Errorf("a save takes %.1f times as long as the command%s", ratio, suffix)
		}
	}
	compare(0, 1, "")
	compare(2, 3, "-edit")
}

// edited changes a function's body.
func edited(text string, n int) string {
	return strings.Replace(text, "attempts := 3", fmt.Sprint("attempts := ", n+4), 1)
}

// service is one of a hundred files.
const service = `package large

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// ServiceNUMBER keeps what it fetched.
type ServiceNUMBER struct {
	mu      sync.Mutex
	known   map[string]string
	pending sync.WaitGroup
	client  *http.Client
}

var errNUMBER = errors.New("not found")

// NewNUMBER returns an empty one.
func NewNUMBER(client *http.Client) *ServiceNUMBER {
	return &ServiceNUMBER{known: make(map[string]string), client: client}
}

// Get fetches what isn't known.
func (s *ServiceNUMBER) Get(ctx context.Context, name string) (string, error) {
	s.mu.Lock()
	value, ok := s.known[name]
	s.mu.Unlock()
	if ok {
		return value, nil
	}
	attempts := 3
	for i := range attempts {
		value, err := s.fetch(ctx, name)
		if err == nil {
			s.mu.Lock()
			s.known[name] = value
			s.mu.Unlock()
			return value, nil
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(time.Duration(i) * time.Second):
		}
	}
	return "", errNUMBER
}

func (s *ServiceNUMBER) fetch(ctx context.Context, name string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, name, nil)
	if err != nil {
		return "", err
	}
	res, err := s.client.Do(req)
	if err != nil {
		return "", fmt.Errorf("fetching %s: %w", name, err)
	}
	defer res.Body.Close()
	return res.Status, nil
}

// All fetches many at a time.
func (s *ServiceNUMBER) All(ctx context.Context, names []string) []string {
	results := make([]string, len(names))
	for i, name := range names {
		s.pending.Go(func() {
			if value, err := s.Get(ctx, name); err == nil {
				results[i] = value
			}
		})
	}
	s.pending.Wait()
	return results
}
`
