package good

import (
	"errors"
	"fmt"
)

// This file holds channels that the package's initialiser makes or closes,
// behind what might have failed.

var (
	formats = make(map[string]func(string) string)
	settled = make(chan struct{})
)

func init() {
	if err := register("plain", func(s string) string { return s }); err != nil {
		panic(err)
	}
	close(settled)
}

func register(name string, format func(string) string) error {
	if formats[name] != nil {
		return fmt.Errorf("%s: %w", name, errKnown)
	}
	formats[name] = format
	return lookUp(name)
}

var (
	errKnown = errors.New("known already")
	lookUp   = func(string) error { return nil }
)

// A promise that is kept at once has the one channel of all such.
type promise struct {
	kept  <-chan struct{}
	value string
}

func kept(value string) *promise { return &promise{kept: settled, value: value} }

func (p *promise) wait() string {
	<-p.kept
	return p.value
}

func announce(say func(string)) {
	p := kept("now")
	go func() { say(p.wait()) }()
}
