package bad

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"sync"
	"sync/atomic"
)

// Counters.
func copyLines(w io.Writer, r io.Reader) (int, error) {
	n := 0
	defer log.Printf("copied %d lines", n) // want `n is evaluated at the defer statement: log.Printf gets its value from before line \d+ changes it`
	for in := bufio.NewScanner(r); in.Scan(); n++ {
		if _, err := fmt.Fprintln(w, in.Text()); err != nil {
			return n, err
		}
	}
	return n, nil
}

// A wait group told to go down by a number nobody has counted yet.
func spawnAll(wg *sync.WaitGroup, tasks []func() bool) {
	started := 0
	defer wg.Add(-started) // want `started is evaluated at the defer statement: wg.Add gets`
	for _, task := range tasks {
		if task() {
			started++
		}
	}
}

type metrics struct{ counts map[string]int }

func (m *metrics) inc(label string) { m.counts[label]++ }

// A label for the outcome.
func (m *metrics) handle(request string) error {
	outcome := "ok"
	defer m.inc(outcome) // want `outcome is evaluated at the defer statement: m.inc gets its value from before line \d+ sets it`
	if request == "" {
		outcome = "empty"
		return io.EOF
	}
	return nil
}

// Changed by a literal with a name.
func visitAll(paths []string, each func(string, func())) {
	visited := 0
	visit := func() { visited++ }
	defer log.Println("visited", visited) // want `visited is evaluated`
	for _, path := range paths {
		each(path, visit)
	}
}

// A flag that a cleanup depends on.
func (m *metrics) swap(path string) error {
	committed := false
	defer removeUnless(committed, path) // want `committed is evaluated`
	if err := os.Rename(path, path+".new"); err != nil {
		return err
	}
	committed = true
	return nil
}

func removeUnless(keep bool, path string) {
	if !keep {
		os.Remove(path)
	}
}

// Lengths and contents.
func collect(r io.Reader) map[string]int {
	var words []string
	seen := make(map[string]int)
	var out strings.Builder
	defer log.Printf("%d words", len(words))    // want `len\(words\) is evaluated at the defer statement: log.Printf gets`
	defer log.Println(len(seen), "different")   // want `len\(seen\) is evaluated`
	defer fmt.Fprintln(os.Stderr, out.String()) // want `out.String\(\) is evaluated`
	in := bufio.NewScanner(r)
	in.Split(bufio.ScanWords)
	for in.Scan() {
		words = append(words, in.Text())
		seen[in.Text()]++
		out.WriteString(in.Text())
	}
	return seen
}

func transfer(dst io.Writer, src io.Reader) {
	var sent atomic.Int64
	var lost int64
	var trace bytes.Buffer
	defer log.Println("sent", sent.Load())             // want `sent.Load\(\) is evaluated`
	defer log.Println("lost", atomic.LoadInt64(&lost)) // want `atomic.LoadInt64\(&lost\) is evaluated`
	defer log.Println("trace", trace.String())         // want `trace.String\(\) is evaluated`
	n, err := io.Copy(dst, io.TeeReader(src, &trace))
	sent.Add(n)
	if err != nil {
		atomic.AddInt64(&lost, 1)
	}
}

// A result by name, and a variable of a struct type.
func measure(lines []string) (total int) {
	defer fmt.Println("total:", total) // want `total is evaluated`
	for _, line := range lines {
		total += len(line)
	}
	return total
}

type progress struct{ files, bytes int }

func walk(dir string) error {
	var p progress
	defer fmt.Printf("%d files, %d bytes\n", p.files, p.bytes) // want `p.files is evaluated`
	entries, err := os.ReadDir(dir)
	for _, entry := range entries {
		p.files++
		p.bytes += len(entry.Name())
	}
	return err
}

// Nothing there yet.
func open(path string, create bool) error {
	var f *os.File
	defer f.Close() // want `f is evaluated at the defer statement: f.Close gets its value from before line \d+ sets it`
	var err error
	if create {
		f, err = os.Create(path)
	} else {
		f, err = os.Open(path)
	}
	if err != nil {
		return err
	}
	_, err = f.Stat()
	return err
}

func subscribe(listen func() func()) {
	var stop func()
	defer stop() // want `stop is evaluated at the defer statement: stop gets`
	stop = listen()
}
