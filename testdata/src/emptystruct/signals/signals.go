// Package signals has a signal and a set.
package signals

func run(list []int) int {
	done := make(chan bool, 1) // want `done is a chan bool used as a signal`
	seen := map[int]bool{}
	go func() {
		for _, x := range list {
			seen[x] = true
		}
		done <- true
	}()
	<-done
	return len(seen)
}
