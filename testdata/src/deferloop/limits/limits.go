// Package limits holds what deferloop misses (FN) and what it reports
// although nothing is wrong (FP).
package limits

import (
	"io"
	"net/http"
	"os"
	"sync"
	"time"
)

// A loop made of jumps isn't looked for.
func FN_goto(paths []string) {
next:
	f, err := os.Open(paths[0])
	if err == nil {
		defer f.Close()
	}
	if paths = paths[1:]; len(paths) > 0 {
		goto next
	}
}

type archive struct{ parts []io.Reader }

func (a *archive) use(r io.Reader) { r.Read(nil) }

// A method that keeps nothing looks like one that does.
func FN_register(paths []string, register func(func())) error {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		register(func() { f.Sync() })
	}
	return nil
}

// Counted down when all is done, while somebody waits for each.
func FN_done(jobs <-chan func(), wg *sync.WaitGroup) {
	for job := range jobs {
		defer wg.Done()
		job()
	}
}

// A file by file cleanup in a test is left to the test's end.
func FN_removed(paths []string) {
	for _, path := range paths {
		os.WriteFile(path, nil, 0o600)
		defer os.Remove(path)
	}
}

// The loop is long by what it is written with, and short by what it is
// called with.
func FP_shortInPractice(urls ...string) error {
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			return err
		}
		defer resp.Body.Close() // want `a response body per iteration`
		io.Copy(io.Discard, resp.Body)
	}
	return nil
}

func FP_calledTwice() { FP_shortInPractice("http://localhost/a", "http://localhost/b") }

// The collection keeps the timer, in a way that isn't understood.
func FP_keptElsewhere(n int, remember func(*time.Timer)) {
	for range n {
		timer := time.NewTimer(time.Second)
		defer timer.Stop() // want `a timer per iteration is held`
		remember(timer)
	}
}

// A second try comes seldom, and holds little: it is of low confidence.
func FN_triesAgain(paths chan string) (int64, error) {
	for {
		f, err := os.Open(<-paths)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return 0, err
		}
		if info.IsDir() {
			continue
		}
		return info.Size(), nil
	}
}
