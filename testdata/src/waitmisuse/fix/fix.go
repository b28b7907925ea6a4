// Package fix holds goroutines that count themselves.
package fix

import "sync"

func all(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			wg.Add(1) // want `wg.Add runs in the goroutine`
			defer wg.Done()
			job()
		}()
	}
	wg.Wait()
}
