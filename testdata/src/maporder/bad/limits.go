package bad

// Several are above a limit.
func aboveLimit(load map[string]int, limit int) string {
	for host, n := range load {
		if n > limit {
			return host // want `the first match is returned in the order of map load`
		}
	}
	return ""
}
