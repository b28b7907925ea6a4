package bad

import "sync"

// fetchAll appends from all the goroutines that it starts, when they succeed.
func fetchAll(load func(string) (string, error), urls []string) []string {
	var pages []string
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Go(func() {
			if page, err := load(url); err == nil {
				pages = append(pages, page) // want `pages is written here by all goroutines started at fanout.go:\d+, at the same time \(no common lock\)`
			}
		})
	}
	wg.Wait()
	return pages
}

// spins waits for a variable that another goroutine sets.
func spins() int {
	ready := 0
	go func() { ready = 1 }() // want `ready is written here while the function that started this goroutine reads it at fanout.go:\d+`
	for ready == 0 {
	}
	return ready
}
