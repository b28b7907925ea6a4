package plugin

import (
	"errors"
	"fmt"
	"io"
	"log"
	"time"
)

type hook interface{ Handle(event string) error }

var errLate = errors.New("hook is late")

// call recovers where the hook runs.
func call(h hook, event string) error {
	res := make(chan error, 1)
	go func() {
		defer func() {
			if v := recover(); v != nil {
				res <- fmt.Errorf("hook: %v", v)
			}
		}()
		res <- h.Handle(event)
	}()
	select {
	case err := <-res:
		return err
	case <-time.After(time.Second):
		return errLate
	}
}

// described calls the hook itself, too.
func described(h hook, name func() string) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("hook: %v", v)
		}
	}()
	res := make(chan error, 1)
	go func() { res <- h.Handle("describe") }()
	log.Println(name())
	return <-res
}

// copied runs nothing that somebody else has given.
func copied(w io.Writer, r io.Reader) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("copy: %v", v)
		}
	}()
	res := make(chan error, 1)
	go func() {
		_, err := io.Copy(w, r)
		res <- err
	}()
	return <-res
}
