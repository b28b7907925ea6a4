// Package top gives its functions to helpers two packages away.
package top

import (
	"sync"

	"fixtures/mapguard/cross/middle"
)

func count(words []string) map[string]int {
	counts := make(map[string]int)
	for _, word := range words {
		middle.Safely(func() {
			counts[word]++ // want `map counts is written`
		})
	}
	return counts
}

func locked(words []string) map[string]int {
	var mu sync.Mutex
	counts := make(map[string]int)
	for _, word := range words {
		middle.Safely(func() {
			middle.Locked(&mu, func() { counts[word]++ })
		})
	}
	mu.Lock()
	defer mu.Unlock()
	return counts
}
