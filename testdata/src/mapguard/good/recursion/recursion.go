// Package recursion updates the children of a node at the same time, and
// theirs: each call sorts what there is to do into a map of its own.
package recursion

import "sync"

type item struct {
	key   int
	value string
}

type node interface{ insert(items []item) error }

type leaf struct{ items []item }

func (l *leaf) insert(items []item) error {
	l.items = append(l.items, items...)
	return nil
}

type inner struct {
	bounds   []int
	children []node
}

func (n *inner) childOf(key int) int {
	for i, bound := range n.bounds {
		if key < bound {
			return i
		}
	}
	return len(n.bounds)
}

func (n *inner) insert(items []item) error { return n.update(items) }

func (n *inner) update(items []item) error {
	perChild := make(map[int][]item, len(n.children))
	for _, it := range items {
		child := n.childOf(it.key)
		perChild[child] = append(perChild[child], it)
	}
	var wg sync.WaitGroup
	wg.Add(len(perChild))
	errs := make([]error, len(n.children))
	for child, of := range perChild {
		go func(child int, of []item) {
			defer wg.Done()
			errs[child] = n.children[child].insert(of)
		}(child, of)
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// New makes a tree.
func New(bounds []int, depth int) node {
	if depth == 0 {
		return &leaf{}
	}
	n := &inner{bounds: bounds}
	for range len(bounds) + 1 {
		n.children = append(n.children, New(bounds, depth-1))
	}
	return n
}
