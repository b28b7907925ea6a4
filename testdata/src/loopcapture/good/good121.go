//go:build go1.21

package good

import (
	"log"
	"net/http"
	"os"
	"sort"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sync/errgroup"
)

// Copied, or handed in.
func copied(urls []string) {
	for i, url := range urls {
		url := url
		go func(i int) { log.Println(i, url) }(i)
		defer log.Println(i, url)
		go http.Get(url)
	}
	for i := 0; i < 3; i++ {
		i := i
		go func() { log.Println(i) }()
	}
}

func copiedInTest(t *testing.T) {
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			name := name
			t.Parallel()
			log.Println(name)
		})
		t.Run(name, func(t *testing.T) { log.Println(name) })
		t.Run(name, func(s *testing.T) {
			s.Run("inner", func(u *testing.T) {
				u.Parallel() // done before s is
				log.Println(name)
			})
		})
	}
}

// Called on the spot.
func onTheSpot(groups map[string][]string) {
	for name, group := range groups {
		sort.Slice(group, func(i, j int) bool { return group[i] < group[j] })
		strings.Map(func(r rune) rune { return r + rune(len(name)) }, name)
		func() {
			defer log.Println(name)
			os.Remove(name)
		}()
		f := func() { log.Println(name) }
		f()
		p := &name
		log.Println(*p)
	}
}

// Waited for in the iteration.
func waitedFor(batches [][]string) error {
	for _, batch := range batches {
		var g errgroup.Group
		g.Go(func() error { return os.Remove(batch[0]) })
		if err := g.Wait(); err != nil {
			return err
		}
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			log.Println(batch)
		}()
		wg.Wait()
		results := make(chan int)
		go func() { results <- len(batch) }()
		log.Println(<-results)
	}
	return nil
}

// Nothing comes after.
func found(names []string) (p *string, f func()) {
	for i, name := range names {
		if name != "" {
			f = func() { log.Println(i) }
			p = &name
			break
		}
	}
	for i := range names {
		go func() { log.Println(i) }()
		return
	}
	return p, f
}

// What a pointer leads to is the element's own, and so is an element.
func elements(items []*item, list []item) (out []*string, its []*item) {
	for i, it := range items {
		out = append(out, &it.name)
		its = append(its, it, &list[i])
		go it.start()
		go list[i].start()
	}
	return out, its
}

// The last one is meant: each iteration stores it anew.
func last(items []item) (p *item, f func()) {
	for _, it := range items {
		p = &it
		f = func() { log.Println(it.name) }
	}
	return p, f
}
