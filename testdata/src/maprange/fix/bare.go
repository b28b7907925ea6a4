package fix

func twice(n map[string]int) {
	for name, i := range n {
		n[name+name] = i // want `n gets a new key`
	}
}
