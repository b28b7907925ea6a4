package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"
)

// A hook is what a plugin does when something happens.
type hook interface{ Handle(event string) error }

var errLate = errors.New("hook is late")

// call is meant to survive what the hook does, which it runs elsewhere.
func call(h hook, event string) (err error) {
	defer func() {
		if v := recover(); v != nil { // want `panics end the process all the same: what can panic in call runs on the goroutine started at line 26`
			err = fmt.Errorf("hook: %v", v)
		}
	}()
	res := make(chan error, 1)
	timer := time.NewTimer(time.Second)
	defer timer.Stop()
	go func() { res <- h.Handle(event) }()
	select {
	case err := <-res:
		return err
	case <-timer.C:
		return errLate
	}
}

// within has a handler by name.
func within(ctx context.Context, job func() error) error {
	defer logPanic() // want `what can panic in within runs on the goroutine started at line \d+`
	done := make(chan error, 1)
	go func() {
		defer close(done)
		done <- job()
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func logPanic() {
	if v := recover(); v != nil {
		log.Println(v)
	}
}
