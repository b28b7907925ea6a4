// Package pending loads parts at the same time.
package pending

import "sync"

type index struct {
	sync.Mutex
	words []string
}

var known index

// Load waits for the parts that are new.
func Load(parts []string, isNew func(string) bool) {
	pending := 0
	loaded := make(chan bool)
	for _, part := range parts {
		go func() {
			known.add(part)
			loaded <- true
		}()
		if isNew(part) {
			pending++
		}
	}
	for ; pending > 0; pending-- {
		<-loaded
	}
}

func (x *index) add(word string) {
	x.Lock()
	x.words = append(x.words, word)
	x.Unlock()
}

// Count tells how many there are.
func Count() int { return len(known.words) } // want `known.words is read here`
