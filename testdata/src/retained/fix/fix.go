// Package fix holds what can be mended.
package fix

import "os"

type item struct{ data []byte }

type list struct {
	items  []*item
	values []item
	magic  []byte
}

func (l *list) remove(i int) {
	l.items = append(l.items[:i], l.items[i+1:]...) // want `the array of l.items`
}

func (l *list) pop() {
	l.items = l.items[:len(l.items)-1] // want `the array of l.items`
}

func (l *list) popValue() {
	if len(l.values) > 0 {
		l.values = l.values[:len(l.values)-1] // want `the array of l.values`
	}
}

func load(name string) (*list, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &list{magic: data[:8]}, nil // want `data\[:8\] keeps all of data alive`
}
