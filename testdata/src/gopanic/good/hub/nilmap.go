package hub

// Count makes its map when the first word comes.
func Count(words <-chan string) {
	go func() {
		var seen map[string]int
		for word := range words {
			if seen == nil {
				seen = make(map[string]int)
			}
			seen[word]++
		}
	}()
}
