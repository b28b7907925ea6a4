package programs

import (
	"context"
	"database/sql"
	"encoding/json"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"sync"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"
)

// Library functions that call back later, or on other goroutines.

func GroupOfErrors(ctx context.Context) (int, error) {
	n := 0
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error { n++; return nil }) // want "race"
	g.Go(func() error { n++; return nil })
	err := g.Wait()
	return n, err
}

func GroupIsWaitedFor() (int, error) {
	n := 0
	var g errgroup.Group
	g.Go(func() error { n++; return nil })
	err := g.Wait()
	return n, err
}

// With room for one, the second Go waits for the first function to end, which
// nobody lets.
func GroupLimit() error {
	var g errgroup.Group
	g.SetLimit(1)
	ready := make(chan struct{})
	g.Go(func() error {
		<-ready
		return nil
	})
	g.Go(func() error { // want "send"
		close(ready)
		return nil
	})
	return g.Wait()
}

func OneFlight() int {
	var g singleflight.Group
	n := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			_, _, _ = g.Do("key", func() (any, error) { n++; return n, nil })
		})
	}
	wg.Wait()
	return n
}

func Weighted(ctx context.Context) int {
	s := semaphore.NewWeighted(1)
	n := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if s.Acquire(ctx, 1) != nil {
				return
			}
			defer s.Release(1)
			n++
		})
	}
	wg.Wait()
	return n
}

// AfterFunc runs its function on a goroutine of its own.
func AfterCancel(ctx context.Context) int {
	ctx, cancel := context.WithCancel(ctx)
	n := 0
	stop := context.AfterFunc(ctx, func() { n = 1 }) // want "race"
	defer stop()
	cancel()
	return n
}

func AfterCancelWaits() int {
	ctx, cancel := context.WithCancelCause(context.Background())
	n := 0
	done := make(chan bool)
	context.AfterFunc(ctx, func() { n = 1; close(done) })
	cancel(os.ErrClosed)
	<-done
	return n
}

func CauseIsSet() error {
	ctx, cancel := context.WithCancelCause(context.Background())
	go cancel(os.ErrClosed)
	<-ctx.Done()
	return context.Cause(ctx)
}

// What a Once has done happens before all that asks for it.
func OnceValueIsFine() int {
	n := 0
	get := sync.OnceValue(func() int { n++; return n })
	go get()
	return get() + n
}

func OnceFuncIsFine() int {
	n := 0
	do := sync.OnceFunc(func() { n++ })
	go do()
	do()
	return n
}

// A map of package sync orders a value's store before its load.
func MapOfSync() int {
	type job struct{ n int }
	var m sync.Map
	go func() {
		j := &job{}
		j.n = 1
		m.Store("k", j)
	}()
	if v, ok := m.Load("k"); ok {
		return v.(*job).n
	}
	return 0
}

func ChangedInMapOfSync() int {
	type job struct{ n int }
	var m sync.Map
	j := &job{}
	m.Store("k", j)
	go func() {
		if v, ok := m.Load("k"); ok {
			v.(*job).n = 1 // want "race"
		}
	}()
	return j.n
}

// The signals' channel is the runtime's, too.
func Signals() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	<-c
}

// Start lets the command write to its buffers until Wait.
func CommandIsWaitedFor(ctx context.Context) (int, error) {
	var out counting
	cmd := exec.CommandContext(ctx, "true")
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	err := cmd.Wait()
	return out.n, err
}

type counting struct{ n int }

func (c *counting) Write(p []byte) (int, error) { c.n += len(p); return len(p), nil }

func RowsAreRead(ctx context.Context, db *sql.DB) (n int, err error) {
	rows, err := db.QueryContext(ctx, "select n from t")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}

// Each decodes into a variable of its own, then one into that of the other.
func DecodesIntoOne(a, b []byte) (struct{ N int }, error) {
	var v, w struct{ N int }
	done := make(chan error, 1)
	go func() { done <- json.Unmarshal(a, &v) }() // want "race"
	if err := json.Unmarshal(b, &w); err != nil {
		return w, err
	}
	v.N++
	return v, <-done
}

// Two goroutines scan into one variable.
func RowsIntoOne(ctx context.Context, db *sql.DB) (n int) {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			_ = db.QueryRowContext(ctx, "select n from t").Scan(&n) // want "race"
		})
	}
	wg.Wait()
	return n
}

type level struct {
	mu sync.Mutex
	n  int
}

func (l *level) LogValue() slog.Value {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slog.IntValue(l.n)
}

// A logger asks a value for its text, under the lock that it takes itself.
func LogsUnderLock(l *level, log *slog.Logger) {
	l.mu.Lock()
	defer l.mu.Unlock()
	log.Info("level", "now", l)
}
