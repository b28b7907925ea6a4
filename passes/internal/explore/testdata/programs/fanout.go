package programs

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"
)

// What is done for each of an unknown number of things, with errors handled
// on the way.

type loader interface {
	Load(ctx context.Context, name string) (string, error)
}

func AppendedByAll(ctx context.Context, l loader, names []string) ([]string, error) {
	var out []string
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			text, err := l.Load(ctx, name)
			if err != nil {
				return
			}
			if text == "" {
				return
			}
			out = append(out, text) // want "race"
		}()
	}
	wg.Wait()
	if len(out) == 0 {
		return nil, errors.New("nothing")
	}
	return out, nil
}

func AppendedUnderLock(ctx context.Context, l loader, names []string) ([]string, error) {
	var mu sync.Mutex
	var out []string
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			text, err := l.Load(ctx, name)
			if err != nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			out = append(out, text)
		}()
	}
	wg.Wait()
	return out, nil
}

func FirstError(ctx context.Context, l loader, names []string) (err error) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func(name string) {
			defer wg.Done()
			if _, e := l.Load(ctx, name); e != nil {
				err = e // want "race"
			}
		}(name)
	}
	wg.Wait()
	return err
}

func ResultsAbandoned(ctx context.Context, l loader, names []string) (string, error) {
	results := make(chan string)
	for _, name := range names {
		go func() {
			text, err := l.Load(ctx, name)
			if err != nil {
				text = err.Error()
			}
			results <- text // want "send"
		}()
	}
	select {
	case text := <-results:
		return text, nil
	case <-time.After(time.Second):
		return "", errors.New("timeout")
	}
}

func ResultsBuffered(ctx context.Context, l loader, names []string) (string, error) {
	results := make(chan string, len(names))
	for _, name := range names {
		go func() {
			text, err := l.Load(ctx, name)
			if err != nil {
				text = err.Error()
			}
			results <- text
		}()
	}
	select {
	case text := <-results:
		return text, nil
	case <-time.After(time.Second):
		return "", errors.New("timeout")
	}
}

func FetchAll(client *http.Client, urls []string) (int, error) {
	type result struct {
		code int
		err  error
	}
	results := make(chan result)
	for _, url := range urls {
		go func() {
			resp, err := client.Get(url)
			if err != nil {
				results <- result{err: err} // want "send"
				return
			}
			defer resp.Body.Close()
			results <- result{code: resp.StatusCode} // want "send"
		}()
	}
	total := 0
	for range urls {
		r := <-results
		if r.err != nil {
			return 0, r.err
		}
		total += r.code
	}
	return total, nil
}

func Lines(r io.Reader) (string, error) {
	lines := make(chan string)
	errc := make(chan error, 1)
	go func() {
		defer close(lines)
		s := bufio.NewScanner(r)
		for s.Scan() {
			lines <- s.Text() // want "send"
		}
		errc <- s.Err()
	}()
	for line := range lines {
		if line == "stop" {
			return line, nil
		}
	}
	return "", <-errc
}

type lazy struct {
	mu    sync.Mutex
	table map[string]int
	ready bool
}

func (l *lazy) get(key string) int {
	if !l.ready { // want "race"
		l.table = map[string]int{"a": 1} // want "race" want "map race"
		l.ready = true                   // want "race"
	}
	return l.table[key] // want "race" want "map race"
}

func LazyInit(l *lazy, keys []string) {
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = l.get(key)
		}()
	}
	wg.Wait()
}

func Reporter(ctx context.Context, check func() error, run func() error) error {
	failed := make(chan error)
	go func() {
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for range ticker.C {
			if err := check(); err != nil {
				failed <- err // want "send"
				return
			}
		}
	}()
	for {
		select {
		case err := <-failed:
			return err
		case <-ctx.Done():
			return ctx.Err()
		default:
			if err := run(); err != nil {
				return err
			}
		}
	}
}

func SlotKept(jobs []func() error) {
	slots := make(chan struct{}, 2)
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		slots <- struct{}{} // want "send"
		go func() {
			defer wg.Done()
			if err := job(); err != nil {
				return
			}
			<-slots
		}()
	}
	wg.Wait()
}

func ClosedByEach(jobs []func() error) {
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(func() {
			if err := job(); err != nil {
				close(stop) // want "double close"
			}
		})
	}
	wg.Wait()
}

// MergeIsFine closes out when all have sent: as many as there are channels,
// however many that is.
func MergeIsFine(chans ...<-chan error) <-chan error {
	out := make(chan error, len(chans))
	var wg sync.WaitGroup
	wg.Add(len(chans))
	for _, c := range chans {
		go func() {
			defer wg.Done()
			for err := range c {
				out <- err
			}
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

// There is room for the errors of all names, though the workers don't count
// them.
func RoomForAllErrors(names []string, check func(string) error) {
	jobs, errs := make(chan string), make(chan error, len(names))
	var wg sync.WaitGroup
	wg.Add(2)
	for range 2 {
		go func() {
			defer wg.Done()
			for name := range jobs {
				if err := check(name); err != nil {
					errs <- err
				}
			}
		}()
	}
	for _, name := range names {
		jobs <- name
	}
	close(jobs)
	wg.Wait()
	close(errs)
	for range errs {
	}
}
