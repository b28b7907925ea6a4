// Package parser bails out by panicking, and recovers.
package parser

import (
	"errors"
	"fmt"
	"os"
	"strconv"
)

type parser struct {
	text string
	pos  int
}

type bailout struct{ err error }

// Parse parses a sum.
func Parse(text string) (n int, err error) {
	p := &parser{text: text}
	defer p.recover(&err)
	return p.sum()
}

func (p *parser) recover(err *error) {
	switch r := recover().(type) {
	case nil:
	case bailout:
		*err = r.err
	default:
		panic(r)
	}
}

func (p *parser) sum() (int, error) {
	n := p.number()
	for p.pos < len(p.text) {
		n += p.number()
	}
	return n, nil
}

func (p *parser) number() int {
	n, err := p.digits()
	if err != nil {
		panic(bailout{err})
	}
	return n
}

func (p *parser) digits() (int, error) {
	n, err := strconv.Atoi(p.text[p.pos:])
	if err != nil {
		panic(bailout{fmt.Errorf("at %d: %w", p.pos, err)})
	}
	return n, nil
}

type visitor interface{ visit(n int) error }

type printer struct{}

func (printer) visit(n int) error {
	if err := os.Truncate("out", int64(n)); err != nil {
		panic(err)
	}
	return nil
}

// Visit survives its visitors.
func Visit(v visitor) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New(fmt.Sprint(r))
		}
	}()
	return v.visit(1)
}

var handlers = map[string]func(string) error{"open": open}

func open(path string) error {
	f, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	return f.Close()
}

// Serve survives its handlers.
func Serve(name, arg string) error {
	defer handleCrash()
	return handlers[name](arg)
}

func handleCrash() { _ = recover() }
