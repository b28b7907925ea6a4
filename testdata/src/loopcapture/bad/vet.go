//go:build go1.21

// Everything in this file is reported by go vet's loopclosure, too.
package bad

import (
	"log"
	"net/http"
	"os"
	"strconv"
	"testing"

	"golang.org/x/sync/errgroup"
)

func fetchAll(urls []string) {
	for i, url := range urls {
		go func() {
			log.Println(http.Get(url + strconv.Itoa(i))) // want `url and i are shared by all iterations in go1.21: the goroutine reads what the next iteration sets`
		}()
	}
}

func removeAll(dirs []string) {
	for _, dir := range dirs {
		defer func() {
			os.RemoveAll(dir) // want `dir is shared by all iterations in go1.21: the deferred call sees the last value only`
		}()
	}
}

func count(n int) {
	for i := 0; i < n; i++ {
		go func() {
			log.Println(i) // want `i is shared by all iterations`
		}()
	}
}

type element struct {
	name string
	next *element
}

func walk(head *element) {
	for e := head; e != nil; e = e.next {
		if e.name == "" {
			log.Println("unnamed")
		} else {
			go func() {
				log.Println(e.name) // want `e is shared by all iterations`
			}()
		}
	}
}

func stat(paths []string) error {
	var g errgroup.Group
	for _, path := range paths {
		g.Go(func() error {
			_, err := os.Stat(path) // want `path is shared by all iterations`
			return err
		})
	}
	return g.Wait()
}

var shard int

func shards(all []func(int)) {
	for shard = range all {
		go func() {
			all[shard](1) // want `shard is shared by all iterations, as it is declared outside the loop`
		}()
	}
}

func switched(events []any, undo map[string]func()) {
	for name, do := range undo {
		for i, event := range events {
			switch event.(type) {
			case string:
				defer func() {
					do() // want `do is shared by all iterations in go1.21`
				}()
			default:
				go func() {
					log.Println(name, i, event) // want `name and i and event are shared by all iterations`
				}()
			}
		}
	}
}

func TestParallel(t *testing.T) {
	for i, name := range []string{"a", "b", "c"} {
		t.Run(name, func(t *testing.T) {
			log.Println(i, name)
			t.Parallel()
			log.Println(i, name) // want `i and name are shared by all iterations in go1.21: the parallel subtest runs after the loop and sees the last value only`
		})
		t.Run("nested", func(t *testing.T) {
			t.Parallel()
			t.Run("inner", func(t *testing.T) {
				log.Println(i) // want `i is shared`
			})
		})
		t.Run("jump", func(t *testing.T) {
			if i > 0 {
				goto run
			}
			t.Skip()
		run:
			t.Parallel()
			log.Println(name) // want `name is shared`
		})
	}
}
