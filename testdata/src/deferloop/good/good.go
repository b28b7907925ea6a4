// Package good holds what deferloop is silent on.
package good

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// Every way on leaves the loop.
func openFirst(paths []string) (string, error) {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		defer f.Close()
		line, err := bufio.NewReader(f).ReadString('\n')
		if err != nil {
			return "", err
		}
		return line, nil
	}
	return "", os.ErrNotExist
}

func retry(url string) ([]byte, error) {
	var resp *http.Response
	for range 10 {
		r, err := http.Get(url)
		if err == nil {
			resp = r
			defer r.Body.Close()
			break
		}
		time.Sleep(time.Second)
	}
	if resp == nil {
		return nil, errors.New("unreachable")
	}
	return io.ReadAll(resp.Body)
}

func search(tree [][]string) (int64, error) {
next:
	for _, level := range tree {
		for _, path := range level {
			if path == "" {
				continue next
			}
			f, err := os.Open(path)
			if err != nil {
				goto failed
			}
			defer f.Close()
			info, err := f.Stat()
			if err != nil {
				log.Fatal(err)
			}
			return info.Size(), nil
		}
	}
failed:
	return 0, os.ErrNotExist
}

// A handful of rounds.
const attempts = 3

func fewTimes(pair [2]string) error {
	both := []string{pair[0], pair[1]}
	for _, path := range []string{"/etc/passwd", "/etc/group"} {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
	}
	for _, path := range pair {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
	}
	for _, path := range both {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
	}
	for i := 0; i < attempts; i++ {
		resp, err := http.Get("http://localhost")
		if err != nil {
			return err
		}
		defer resp.Body.Close()
	}
	return nil
}

// A function per iteration.
func perIteration(paths []string, visit func(func(string) error) error) error {
	for _, path := range paths {
		err := func() error {
			f, err := os.Open(path)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = io.Copy(io.Discard, f)
			return err
		}()
		if err != nil {
			return err
		}
		go func() {
			conn, err := net.Dial("unix", path)
			if err != nil {
				return
			}
			defer conn.Close()
		}()
	}
	return nil
}

// Kept until the function is done with all of them.
type input struct {
	name string
	r    io.Reader
}

func merge(paths []string, w io.Writer) error {
	var readers []io.Reader
	var inputs []input
	open := make(map[string]*os.File)
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		readers = append(readers, bufio.NewReader(f))
		g, err := os.Open(path + ".index")
		if err != nil {
			return err
		}
		defer func() { _ = g.Close() }()
		in := input{path, g}
		inputs = append(inputs, in)
		h, err := os.Open(path + ".lock")
		if err != nil {
			return err
		}
		defer h.Close()
		open[path] = h
	}
	log.Println(len(inputs), len(open))
	_, err := io.Copy(w, io.MultiReader(readers...))
	return err
}

type server struct{ conns []net.Conn }

func (s *server) add(c net.Conn) { s.conns = append(s.conns, c) }

func (s *server) dialAll(addrs []string, out chan<- net.Conn, run func()) error {
	for _, addr := range addrs {
		a, err := net.Dial("tcp", addr)
		if err != nil {
			return err
		}
		defer a.Close()
		s.add(a)
		b, err := net.Dial("tcp", addr)
		if err != nil {
			return err
		}
		defer b.Close()
		out <- b
		c, err := net.Dial("tcp", addr)
		if err != nil {
			return err
		}
		defer c.Close()
		go io.Copy(c, c)
		d, err := net.Dial("tcp", addr)
		if err != nil {
			return err
		}
		defer d.Close()
		time.AfterFunc(time.Second, func() { d.Write(nil) })
	}
	run()
	return nil
}

// Contexts of goroutines that outlive the iteration, and of one that wraps
// the last.
func watch(ctx context.Context, keys []string, follow func(context.Context, string)) {
	var wg sync.WaitGroup
	for _, key := range keys {
		kctx, cancel := context.WithCancel(ctx)
		defer cancel()
		wg.Go(func() { follow(kctx, key) })
	}
	for _, key := range keys {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Duration(len(key)))
		defer cancel()
	}
	<-ctx.Done()
	wg.Wait()
}

// Released, not taken, by the loop.
func closeAll(files []*os.File, undo []func(), conns map[string]net.Conn) {
	for _, f := range files {
		defer f.Close()
	}
	for i := range undo {
		defer undo[i]()
	}
	for _, u := range undo {
		defer u()
	}
	for name := range conns {
		c := conns[name]
		defer c.Close()
	}
}

// Taken back only if all fails.
func createAll(paths []string) (files []*os.File, err error) {
	for _, path := range paths {
		f, err := os.Create(path)
		if err != nil {
			return nil, err
		}
		defer func() {
			if err != nil {
				f.Close()
				os.Remove(path)
			}
		}()
		fmt.Fprintln(f, "header")
	}
	return files, nil
}

// All locks at once, on purpose.
type account struct {
	mu      sync.Mutex
	balance int
}

func total(accounts []*account) (sum int) {
	for _, a := range accounts {
		a.mu.Lock()
		defer a.mu.Unlock()
	}
	for _, a := range accounts {
		sum += a.balance
	}
	return sum
}

func alone(slots chan struct{}, f func()) {
	for range cap(slots) {
		slots <- struct{}{}
		defer func() { <-slots }()
	}
	f()
}

// A recover that ends the function with an error, or goes on panicking.
func parseAll(texts []string, parse func(string)) (err error) {
	for _, text := range texts {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("%s: %v", text, r)
			}
		}()
		parse(text)
	}
	for _, text := range texts {
		defer func() {
			if r := recover(); r != nil {
				log.Println(text)
				panic(r)
			}
		}()
		parse(text)
	}
	return nil
}

// Unlocked in the iteration, or locked once.
func once(mu *sync.Mutex, n int) {
	for i := range n {
		if i == 0 {
			mu.Lock()
			defer mu.Unlock()
			break
		}
	}
	for range n {
		mu.Lock()
		mu.Unlock()
	}
}

// Deferred calls that give nothing back.
func talk(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		defer log.Println("done with", name)
		wg.Add(1)
		defer wg.Done()
		defer os.Remove(name)
	}
}

// A condition lets one iteration through: a timer that is made when it is
// first needed, a lock that is taken for the rest of the call.
type stream struct {
	mu       sync.Mutex
	ready    chan struct{}
	deadline time.Time
	frames   [][]byte
	owner    sync.Mutex
}

func (s *stream) read(p []byte) (int, error) {
	var timer *time.Timer
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.frames) == 0 {
		s.mu.Unlock()
		if timer == nil {
			timer = time.NewTimer(time.Until(s.deadline))
			defer timer.Stop()
		} else {
			timer.Reset(time.Until(s.deadline))
		}
		select {
		case <-s.ready:
		case <-timer.C:
		}
		s.mu.Lock()
	}
	return copy(p, s.frames[0]), nil
}

func (s *stream) serve(requests <-chan []byte, reply func([]byte)) {
	locked, first := false, true
	for request := range requests {
		if len(request) > 0 && !locked {
			s.owner.Lock()
			defer s.owner.Unlock()
			locked = true
		}
		if first {
			f, err := os.Open("header")
			if err != nil {
				return
			}
			defer f.Close()
			first = false
		}
		reply(request)
	}
}

// The context of a failed try runs out by itself; the first success ends the
// loop.
func dialAny(ctx context.Context, addrs []string) (net.Conn, error) {
	var dialer net.Dialer
	var first error
	for i, addr := range addrs {
		try := ctx
		if deadline, ok := ctx.Deadline(); ok && i+1 < len(addrs) {
			var cancel context.CancelFunc
			try, cancel = context.WithDeadline(ctx, time.Now().Add(time.Until(deadline)/2))
			defer cancel()
		}
		conn, err := dialer.DialContext(try, "tcp", addr)
		if err == nil {
			return conn, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// References to memory are counted, and given back when all is done.
type column struct{ refs int }

func newColumn(data []byte) *column { return &column{refs: len(data)} }

func (c *column) Retain()  { c.refs++ }
func (c *column) Release() { c.refs-- }

func columns(data [][]byte) (sum int) {
	for _, d := range data {
		c := newColumn(d)
		defer c.Release()
		sum += c.refs
	}
	return sum
}

// So is that of one that didn't give what was asked for.
func connectAny(ctx context.Context, hosts []string, connect func(context.Context, string) (net.Conn, error)) (net.Conn, []error) {
	var failed []error
	outer := ctx
	for i, host := range hosts {
		if i == 0 || hosts[i-1] != host {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(outer, time.Second)
			defer cancel()
		}
		conn, err := connect(ctx, host)
		if conn != nil {
			return conn, nil
		}
		failed = append(failed, err)
	}
	return nil, failed
}
