package good

// It doesn't matter which one it was.
func anyAbove(load map[string]int, limit int) bool {
	for _, n := range load {
		if n > limit {
			return true
		}
	}
	return false
}
