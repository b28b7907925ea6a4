package bad

import "log"

// No fix: the goroutine and the loop share the variable for good.
func reset(n int) {
	for i := 0; i < n; i++ {
		go func() {
			log.Println(i) // want `i is shared|i is changed`
			i = 0
		}()
	}
}

// No fix: n goes on counting.
func numbered(hosts []string, f func(int, string)) {
	n := 0
	for _, host := range hosts {
		go func() {
			f(n, host) // want `n is shared`
		}()
		n++
	}
}

// The loop's own variable, changed by the goroutine or behind its back.
func changed(n int, f func(int)) {
	for i := 0; i < n; i++ {
		go func() {
			i++ // want `i is changed by the goroutine while the loop copies it for the next iteration: a data race`
			f(i)
		}()
	}
	for i := 0; i < n; {
		go func() {
			f(i) // want `i is shared by all iterations`
		}()
		i += 2
	}
}
