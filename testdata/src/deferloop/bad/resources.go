package bad

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"time"
)

// Files.
func lineCounts(paths []string, count func(io.Reader) (int, error)) (map[string]int, error) {
	counts := make(map[string]int)
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close() // want `f.Close runs when lineCounts returns, not at the end of the iteration: a file per iteration stays open until then`
		if counts[path], err = count(f); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return counts, nil
}

// A result that is dropped keeps nothing.
func concat(paths []string, buf *bytes.Buffer) error {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close() // want `f.Close runs when concat returns`
		if _, err = buf.ReadFrom(f); err != nil {
			return err
		}
	}
	return nil
}

// Bodies, in a literal that looks at the error, and on the way to the next round only.
func download(urls []string, w io.Writer) error {
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			log.Println(err)
			continue
		}
		defer func() { // want `resp.Body.Close runs when download returns, not at the end of the iteration: a response body per iteration stays open until then`
			if err := resp.Body.Close(); err != nil {
				log.Println(err)
			}
		}()
		if _, err := io.Copy(w, resp.Body); err != nil {
			return err
		}
	}
	return nil
}

func firstOK(urls []string) (*http.Response, error) {
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode == http.StatusOK {
			return resp, nil
		}
		defer resp.Body.Close() // want `a response body per iteration stays open`
	}
	return nil, errors.New("none")
}

// Rows, in the inner of two loops.
func load(db *sql.DB, tenants []string, tables []string, each func(*sql.Rows) error) error {
	for _, tenant := range tenants {
		for _, table := range tables {
			rows, err := db.Query("SELECT * FROM " + tenant + "." + table)
			if err != nil {
				return err
			}
			defer rows.Close() // want `rows.Close runs when load returns, not at the end of the iteration: a result set per iteration stays open`
			for rows.Next() {
				if err := each(rows); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// A transaction per batch, given back by a method of another name.
func migrate(db *sql.DB, steps [][]string) error {
	for _, step := range steps {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		defer tx.Rollback() // want `tx.Rollback runs when migrate returns, not at the end of the iteration: a transaction per iteration is held until then`
		for _, statement := range step {
			if _, err := tx.Exec(statement); err != nil {
				return err
			}
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// Contexts, with a way out of an otherwise endless loop.
func heartbeat(ctx context.Context, ping func(context.Context) error) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			ctx, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel() // want `cancel runs when heartbeat returns, not at the end of the iteration: a context per iteration stays alive until then`
			if err := ping(ctx); err != nil {
				log.Println(err)
			}
		case <-ctx.Done():
			return
		}
	}
}

type tracer struct{}
type span struct{}

func (tracer) Start(ctx context.Context, name string) (context.Context, *span) { return ctx, &span{} }
func (*span) End()                                                             {}

func measure(name string) func() {
	start := time.Now()
	return func() { log.Println(name, time.Since(start)) }
}

func closeQuietly(c io.Closer) {
	if err := c.Close(); err != nil {
		log.Println(err)
	}
}

// Spans, timings, helpers that close, and a reader on top of a file.
func process(ctx context.Context, t tracer, names []string) error {
	for _, name := range names {
		_, sp := t.Start(ctx, name)
		defer sp.End()        // want `sp.End runs when process returns, not at the end of the iteration: one \*bad.span per iteration is held until then`
		defer measure(name)() // want `what measure returned runs when process returns, not at the end of the iteration: one per iteration is kept until then`
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer closeQuietly(f) // want `closeQuietly runs when process returns`
		zr, err := gzip.NewReader(f)
		if err != nil {
			return err
		}
		defer zr.Close() // want `zr.Close runs when process returns`
		if _, err := io.Copy(io.Discard, zr); err != nil {
			return err
		}
	}
	return nil
}

// Connections that a channel hands over.
func drain(conns <-chan net.Conn) {
	for conn := range conns {
		defer conn.Close() // want `conn.Close runs when drain returns, not at the end of the iteration: a connection per iteration stays open`
		io.Copy(io.Discard, conn)
	}
}

// In a literal, whose end is no sooner.
func walk(dirs []string) func() error {
	return func() error {
		for len(dirs) > 0 {
			d, err := os.Open(dirs[0])
			if err != nil {
				return err
			}
			defer d.Close() // want `d.Close runs when the function literal returns`
			dirs = dirs[1:]
			names, err := d.Readdirnames(-1)
			if err != nil {
				return err
			}
			log.Println(names)
		}
		return nil
	}
}

// Handed to the deferred literal.
func sizes(paths []string) (sum int64) {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		defer func(f *os.File) { _ = f.Close() }(f) // want `f.Close runs when sizes returns`
		if info, err := f.Stat(); err == nil {
			sum += info.Size()
		}
	}
	return sum
}

// No way out: nothing deferred here ever runs.
func accept(ln net.Listener, handle func(net.Conn)) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			log.Fatal(err)
		}
		defer conn.Close() // want `the deferred call never runs, and one more is kept per iteration: accept never returns from the loop`
		handle(conn)
	}
}

// A condition that comes true again, as the loop forgets what it made.
func poll(next func() bool, deadline time.Time, ready <-chan struct{}) {
	var timer *time.Timer
	for next() {
		if timer == nil {
			timer = time.NewTimer(time.Until(deadline))
			defer timer.Stop() // want `timer.Stop runs when poll returns`
		}
		select {
		case <-ready:
		case <-timer.C:
			timer = nil
		}
	}
}

// Every address is asked, and the blank identifier keeps nothing.
func askAll(ctx context.Context, addrs []string, ask func(context.Context, string) error) (failed error) {
	for _, addr := range addrs {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want `cancel runs when askAll returns`
		if err := ask(ctx, addr); err != nil {
			failed = err
		}
		_ = ctx
	}
	return failed
}

// Connections that go back to a pool.
type pooled struct{ net.Conn }

func acquire(ctx context.Context) (*pooled, error) { return &pooled{}, ctx.Err() }

func (p *pooled) Release() {}

func ping(ctx context.Context, n int) error {
	for range n {
		conn, err := acquire(ctx)
		if err != nil {
			return err
		}
		defer conn.Release() // want `conn.Release runs when ping returns`
		if _, err := conn.Write([]byte("ping")); err != nil {
			return err
		}
	}
	return nil
}

// The map is filled where the loop doesn't see it.
func filled(paths []string) error {
	wanted := map[string]bool{}
	for _, path := range paths {
		wanted[path] = true
	}
	for path := range wanted {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close() // want `a file per iteration stays open`
		io.Copy(io.Discard, f)
	}
	return nil
}

// The loop looks at each page until there is no more, although one way out is
// at its end.
func pages(next func() (io.ReadCloser, bool)) error {
	for {
		page, more := next()
		defer page.Close() // want `a reader per iteration stays open`
		if _, err := io.Copy(io.Discard, page); err != nil {
			return err
		}
		if !more {
			break
		}
	}
	return nil
}
