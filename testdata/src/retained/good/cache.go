// Package cache keeps what it needs.
package cache

import (
	"bytes"
	"os"
	"slices"
)

type conn struct{ buf []byte }

type pool struct {
	idle  []*conn
	ids   []int
	names []string
	head  []byte
	body  []byte
}

func (p *pool) get() *conn {
	n := len(p.idle)
	c := p.idle[n-1]
	p.idle[n-1] = nil
	p.idle = p.idle[:len(p.idle)-1]
	return c
}

func (p *pool) remove(i int) {
	p.idle = slices.Delete(p.idle, i, i+1)
	p.ids = append(p.ids[:i], p.ids[i+1:]...)       // holds no pointers
	p.names = append(p.names[:i], p.names[i+1:]...) // names are small
	p.idle = append(p.idle[:i], p.idle[i+2:]...)    // not one element
}

func (p *pool) next() *conn {
	c := p.idle[0]
	p.idle = p.idle[1:] // a queue: its array goes when it is full
	return c
}

func (p *pool) load(name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	p.head = bytes.Clone(data[:16])
	p.body = data[16:]
	short := data[:8]
	return short, nil
}

func (p *pool) parse(data []byte) {
	p.head = data[:16] // whose it is isn't known
}

func local(list []*conn, i int) []*conn {
	list = append(list[:i], list[i+1:]...)
	list = list[:len(list)-1]
	return list
}

func blank(list []*conn) {
	_ = list[:len(list)-1]
}
