// Package parser turns panics of its own into what its callers take for
// success.
package parser

import (
	"errors"
	"fmt"
	"log"
	"log/slog"
	"runtime/debug"
	"strings"
)

type Node struct {
	Name     string
	Children []*Node
}

// Parse reads one expression.
func Parse(text string) (*Node, error) {
	defer func() {
		if r := recover(); r != nil { // want `Parse goes on to return a nil error: its caller takes it for success`
			log.Printf("parse %q: %v\n%s", text, r, debug.Stack())
		}
	}()
	if text == "" {
		return nil, errors.New("empty")
	}
	return &Node{Name: strings.Fields(text)[0]}, nil
}

type Loader struct {
	log   *slog.Logger
	cache map[string]*Node
}

// Load has a named result and doesn't set it.
func (l *Loader) Load(name string) (node *Node, err error) {
	defer func() {
		r := recover() // want `Load goes on to return a nil error`
		if r == nil {
			return
		}
		l.log.Error("load", "name", name, "panic", r)
	}()
	node, err = Parse(name)
	if err != nil {
		return nil, err
	}
	l.cache[name] = node
	return node, nil
}

// Check drops it.
func Check(nodes []*Node) error {
	defer func() { recover() }() // want `Check goes on to return a nil error`
	for _, n := range nodes {
		if n.Children[0].Name == "" {
			return fmt.Errorf("%s: no name", n.Name)
		}
	}
	return nil
}

func logged(what string) {
	if r := recover(); r != nil {
		slog.Warn(what, "panic", r)
	}
}

// Format leaves it to a named handler.
func Format(n *Node) (string, error) {
	defer logged("format") // want `Format goes on to return a nil error`
	if n.Name == "" {
		return "", errors.New("no name")
	}
	return n.Name + n.Children[0].Name, nil
}

type Tx interface {
	Exec(query string) error
	Rollback() error
}

// InTx rolls back, and its caller takes that for a commit.
func InTx(tx Tx, do func(Tx) error) error {
	defer func() {
		if r := recover(); r != nil { // want `InTx goes on to return a nil error`
			log.Println(r)
			if err := tx.Rollback(); err != nil {
				log.Println("rollback:", err)
			}
		}
	}()
	return do(tx)
}
