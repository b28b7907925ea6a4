// Package limits holds what datarace can't see.
package limits

import (
	"strconv"
	"sync"
)

type table struct{ rows []string }

// The receiver of an exported method may be shared by its callers; nothing
// here starts a goroutine.
func (t *table) FN_NoGoroutineHere(row string) { t.rows = append(t.rows, row) }

// Two parameters are taken for two different things.
func FN_Aliases(a, b *int) int {
	go func() { *a = 1 }()
	return *b
}

// A loop that never ends keeps the machine from running the others.
func FN_Spins() int {
	ready := 0
	go func() { ready = 1 }()
	for ready == 0 {
	}
	return ready
}

// Elements at unknown indices are taken for different ones.
func FN_SameElement(counts []int, keys []string) {
	for _, key := range keys {
		go func() {
			n, _ := strconv.Atoi(key)
			counts[n] = 1
		}()
	}
}

// How many rounds the loop runs and what both calls return is assumed: five
// decisions about unknown values are too many for a report that is shown.
func FN_ManyUnknowns(load func(string) (string, error), urls []string) []string {
	var pages []string
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Go(func() {
			if page, err := load(url); err == nil {
				pages = append(pages, page)
			}
		})
	}
	wg.Wait()
	return pages
}
