// Package cache keeps more than it needs.
package cache

import (
	"io"
	"os"
)

type conn struct{ buf []byte }

type pool struct {
	idle   []*conn
	byName map[string][]byte
	heads  [][]byte
	tasks  []task
}

type task struct {
	name string
	run  func()
}

func (p *pool) get() *conn {
	n := len(p.idle)
	if n == 0 {
		return nil
	}
	c := p.idle[n-1]
	p.idle = p.idle[:len(p.idle)-1] // want `the array of p.idle keeps the element that is cut off alive until it is overwritten: clear it first`
	return c
}

func (p *pool) remove(i int) {
	p.idle = append(p.idle[:i], p.idle[i+1:]...)    // want `the array of p.idle keeps its last element a second time, alive until it is overwritten: slices.Delete clears it`
	p.tasks = append(p.tasks[:i], p.tasks[i+1:]...) // want `the array of p.tasks keeps its last element a second time`
}

func (p *pool) load(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	p.byName[name] = data[:16]            // want `data\[:16\] keeps all of data alive, which os.ReadFile read as a whole`
	p.heads = append(p.heads, data[8:12]) // want `data\[8:12\] keeps all of data alive`
	return nil
}

var magic []byte

func sniff(r io.Reader) error {
	all, err := io.ReadAll(r)
	if err == nil {
		magic = all[:4] // want `all\[:4\] keeps all of all alive, which io.ReadAll read as a whole`
	}
	return err
}
