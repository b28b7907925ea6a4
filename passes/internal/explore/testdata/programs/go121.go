//go:build go1.21

package programs

import "sync"

// Before Go 1.22 the rounds of a loop share its variables.
func LoopVariable(names []string) {
	var wg sync.WaitGroup
	for _, name := range names { // want "race"
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = len(name) // want "race"
		}()
	}
	wg.Wait()
}
