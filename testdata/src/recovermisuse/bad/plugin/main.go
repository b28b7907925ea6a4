// Command plugin runs plugins, whose panics it means to survive.
package main

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

type Plugin interface {
	Init(options map[string]string) error
	Run() error
}

func main() {
	if r := recover(); r != nil { // want `recover returns nil here: main is called, never deferred`
		fmt.Fprintln(os.Stderr, r)
	}
	var once sync.Once
	once.Do(func() {
		if recover() != nil { // want `recover returns nil here: the function literal that calls it is not deferred`
			os.Exit(2)
		}
	})
	for _, p := range []Plugin{} {
		_ = start(p)
	}
}

// Survive can be seen to be called and not deferred: nobody imports a command.
func Survive() {
	if r := recover(); r != nil {
		fmt.Println(r)
	}
}

func start(p Plugin) error {
	run := func() error {
		defer func() {
			if r := recover(); r != nil { // want `the function literal goes on to return a nil error`
				fmt.Printf("plugin %T: %v\n", p, r)
			}
		}()
		if err := p.Init(nil); err != nil {
			return fmt.Errorf("init: %w", err)
		}
		return p.Run()
	}
	Survive() // want `Survive recovers nothing without defer`
	return errors.Join(run(), run())
}
