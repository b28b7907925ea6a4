// Package graph walks graphs and signals.
package graph

type node struct {
	id   int
	next []*node
}

type walker struct {
	seen map[*node]bool // want `seen is a map\[\*node\]bool used as a set: its values are always true, and struct{} says so`
	done chan bool      // want `done is a chan bool used as a signal: nobody looks at its values, and struct{} takes no room`
}

func newWalker() *walker {
	return &walker{seen: make(map[*node]bool), done: make(chan bool)}
}

func (w *walker) walk(n *node) {
	if w.seen[n] {
		return
	}
	w.seen[n] = true
	for _, next := range n.next {
		w.walk(next)
	}
}

func (w *walker) run(n *node) int {
	go func() {
		w.walk(n)
		w.done <- true
	}()
	<-w.done
	return len(w.seen)
}

var reserved = map[string]bool{"if": true, "else": true} // want `reserved is a map\[string\]bool used as a set`

func isReserved(s string) (string, bool) {
	if !reserved[s] {
		return "", false
	}
	return s, true
}

func distinct(words []string) int {
	seen := make(map[string]bool) // want `seen is a map\[string\]bool used as a set`
	for _, w := range words {
		if _, ok := seen[w]; !ok {
			seen[w] = true
		}
	}
	delete(seen, "")
	for w := range seen {
		_ = w
	}
	return len(seen)
}

func both(a, b []string) (n int) {
	left := map[string]bool{} // want `left is a map\[string\]bool used as a set`
	for _, s := range a {
		left[s] = true
	}
	for _, s := range b {
		if s != "" && left[s] {
			n++
		}
	}
	return n
}
