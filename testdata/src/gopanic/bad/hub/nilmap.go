package hub

// Count has no map to count in.
func Count(words <-chan string) {
	go func() { // want `can panic in this goroutine`
		var seen map[string]int
		for word := range words {
			seen[word]++
		}
	}()
}
