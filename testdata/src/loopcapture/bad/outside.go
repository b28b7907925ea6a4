package bad

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"sync"
	"time"
)

// The head assigns to a variable from outside.
func lookup(hosts []string) {
	var host string
	var wg sync.WaitGroup
	for _, host = range hosts {
		wg.Go(func() {
			net.LookupHost(host) // want `host is shared by all iterations, as it is declared outside the loop: the goroutine reads what the next iteration sets`
		})
	}
	wg.Wait()
	var i int
	for i = 0; i < len(hosts); i++ {
		defer func() {
			log.Println("left", i) // want `i is shared by all iterations, as it is declared outside the loop: the deferred call sees the last value only`
		}()
	}
}

// A counter beside the loop.
func results(inputs []string, f func(string) int) []int {
	out := make([]int, len(inputs))
	var wg sync.WaitGroup
	n := 0
	for _, input := range inputs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			out[n] = f(input) // want `n is shared by all iterations, as it is declared outside the loop`
		}()
		n++
	}
	wg.Wait()
	return out
}

// What the body read or accepted last.
func serve(ln net.Listener) error {
	var conn net.Conn
	var err error
	for {
		conn, err = ln.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer conn.Close() // want `conn is shared by all iterations`
			io.Copy(conn, conn)
		}()
	}
}

func lines(r io.Reader, handle func(string)) {
	var line string
	in := bufio.NewScanner(r)
	for in.Scan() {
		line = in.Text()
		time.AfterFunc(time.Second, func() { handle(line) }) // want `line is shared by all iterations`
	}
}

// A bound on how many run isn't a wait for each.
func bounded(urls []string, get func(string), tokens chan struct{}) {
	var url string
	for _, url = range urls {
		<-tokens
		go func() {
			get(url) // want `url is shared by all iterations`
			tokens <- struct{}{}
		}()
	}
}

// A batch that is emptied behind the goroutine's back.
func batches(in <-chan int, flush func([]int)) {
	var batch []int
	for v := range in {
		batch = append(batch, v)
		if len(batch) == 100 {
			go func() {
				flush(batch) // want `batch is shared by all iterations`
			}()
			batch = nil
		}
	}
}

// Deferred and stored, with a value per iteration.
func openAll(paths []string) (err error) {
	var f *os.File
	for _, path := range paths {
		f, err = os.Open(path)
		if err != nil {
			return err
		}
		defer func() {
			f.Close() // want `f is shared by all iterations, as it is declared outside the loop: the deferred call sees the last value only`
		}()
	}
	return nil
}

// A named result that the rounds which don't return hand to a deferred
// function.
func reserve(want int, take func() (int, error), giveBack func(int)) (id int, err error) {
	for {
		id, err = take()
		if err != nil || id == want {
			return id, err
		}
		defer func() {
			giveBack(id) // want `id is shared by all iterations, as it is declared outside the loop: the deferred call sees the last value only`
		}()
	}
}

func callbacks(ids []int) map[int]func() {
	var label string
	out := make(map[int]func())
	for _, id := range ids {
		label = fmt.Sprint("id ", id)
		out[id] = func() { fmt.Println(label) } // want `label is shared by all iterations, as it is declared outside the loop: the stored function sees the last value only`
	}
	return out
}

func pointers(ids []int) (out []*int) {
	var id int
	for _, id = range ids {
		out = append(out, &id) // want `id is shared by all iterations, as it is declared outside the loop: each stored pointer points to the last value`
	}
	return out
}

// A method of a struct from outside.
type worker struct{ id int }

func (w *worker) run(ctx context.Context) { log.Println(w.id) }

func start(ctx context.Context, n int) {
	var w worker
	for i := range n {
		w = worker{id: i}
		go w.run(ctx) // want `w is shared by all iterations`
	}
}
