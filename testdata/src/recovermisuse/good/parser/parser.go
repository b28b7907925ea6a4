// Package parser tells its callers of panics.
package parser

import (
	"errors"
	"fmt"
	"log"
	"strings"
)

type Node struct {
	Name     string
	Children []*Node
}

var errInternal = errors.New("internal error")

func Parse(text string) (n *Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("parse: %v", r)
		}
	}()
	return &Node{Name: strings.Fields(text)[0]}, nil
}

func catch(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%v", r)
	}
}

func Load(text string) (n *Node, err error) {
	defer catch(&err)
	return Parse(text)
}

// Preset says what a panic leaves before anything can panic.
func Preset(text string) (n *Node, err error) {
	err = errInternal
	defer func() {
		if r := recover(); r != nil {
			log.Println(r)
		}
	}()
	n = &Node{Name: strings.Fields(text)[0]}
	err = nil
	return n, err
}

// Rethrown goes on with what isn't its own.
func Rethrown(text string) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = r
		default:
			panic(r)
		}
	}()
	_, err = Parse(text)
	return err
}

// Each logs panics of visitors and goes on.
func Each(nodes []*Node, visit func(*Node) error) error {
	for _, n := range nodes {
		if err := visit(n); err != nil {
			return err
		}
	}
	return nil
}

// Visit recovers from panics of the visitor: they are logged and forgotten.
func Visit(n *Node, visit func(*Node) error) error {
	defer func() {
		if r := recover(); r != nil {
			log.Println(r)
		}
	}()
	return visit(n)
}

func Warm(nodes []*Node) error {
	defer func() {
		// A cache that can't be warmed is warmed later: ignore whatever happens.
		if r := recover(); r != nil {
			log.Println(r)
		}
	}()
	for _, n := range nodes {
		if n.Name == "" {
			return errInternal
		}
	}
	return nil
}

// Handle has an error for the sake of an interface.
func Handle(n *Node) error {
	defer func() {
		if r := recover(); r != nil {
			log.Println(r)
		}
	}()
	fmt.Println(n.Children[0])
	return nil
}

type failures struct{ list []any }

func (f *failures) add(r any) { f.list = append(f.list, r) }

func (f *failures) Collect(n *Node) error {
	defer func() {
		if r := recover(); r != nil {
			f.add(r)
		}
	}()
	if n == nil {
		return errInternal
	}
	return nil
}

func Channelled(n *Node, failed chan<- any) error {
	defer func() {
		if r := recover(); r != nil {
			failed <- r
		}
	}()
	if n == nil {
		return errInternal
	}
	return nil
}

// Wrapped adds to the panic what it knows.
func Wrapped(n *Node, visit func(*Node)) {
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Sprintf("node %s: %v", n.Name, r))
		}
	}()
	visit(n)
}

// Logged has told of it before.
func Logged(n *Node, visit func(*Node)) {
	defer func() {
		if r := recover(); r != nil {
			log.Println(r)
			panic("visitor failed")
		}
	}()
	visit(n)
}

// Expected asks for a panic, as tests of panics do.
func Expected(f func()) {
	defer func() {
		if recover() == nil {
			panic("no panic")
		}
	}()
	f()
}

// Translated panics with what callers compare with.
func Translated(n int) []Node {
	defer func() {
		if recover() != nil {
			panic(errInternal)
		}
	}()
	return make([]Node, n)
}
