package fix

import (
	"strconv"
	"sync"
)

func collect(texts []string) (all []string) {
	out := make(chan string)
	go func() {
		for _, text := range texts {
			out <- text // one at a time
		}
	}()
	for text := range out { // want `range over out never ends`
		all = append(all, text)
	}
	return all
}

func work(texts []string, f func(string)) {
	jobs := make(chan string)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for job := range jobs { // want `range over jobs never ends`
				f(job)
			}
		})
	}
	for _, text := range texts {
		jobs <- text
	}
	wg.Wait()
}

func parse(texts []string) (sum int) {
	numbers := make(chan int)
	go func() {
		// Malformed texts end the list.
		for _, text := range texts {
			n, err := strconv.Atoi(text)
			if err != nil {
				return // want `return leaves numbers open`
			}
			numbers <- n
		}
		close(numbers)
	}()
	for n := range numbers {
		sum += n
	}
	return sum
}

var _ = []any{collect, work, parse}
