package limits

import (
	"errors"
	"os"
	"sync"
)

// This file holds ways by which duties are forgotten that aren't followed.

type lookup struct {
	key   string
	reply chan string
}

type resolver struct {
	asked   chan lookup
	waiting map[string]lookup
	cached  map[string]string
}

func newResolver() *resolver {
	r := &resolver{asked: make(chan lookup), waiting: make(map[string]lookup), cached: make(map[string]string)}
	go r.serve()
	return r
}

func (r *resolver) Resolve(key string) string {
	l := lookup{key, make(chan string, 1)}
	r.asked <- l
	return <-l.reply
}

func (r *resolver) serve() {
	for l := range r.asked {
		r.waiting[l.key] = l
		r.FN_AnswerInMap(l.key)
	}
}

// FN_AnswerInMap: a request that comes out of a map isn't followed.
func (r *resolver) FN_AnswerInMap(key string) {
	l := r.waiting[key]
	text, ok := r.cached[key]
	if !ok {
		return
	}
	l.reply <- text
	delete(r.waiting, key)
}

// FN_SlotOfParameter: a semaphore that is a parameter may be anybody's.
func FN_SlotOfParameter(slots chan struct{}, dir string) error {
	slots <- struct{}{}
	if _, err := os.Stat(dir); err != nil {
		return err
	}
	err := os.RemoveAll(dir)
	<-slots
	return err
}

func cleanAll(dirs []string) error {
	slots := make(chan struct{}, 4)
	var errs []error
	for _, dir := range dirs {
		errs = append(errs, FN_SlotOfParameter(slots, dir))
	}
	return errors.Join(errs...)
}

type mailbox struct {
	next  func() (string, bool)
	boxes map[string]chan string
}

// FN_ReaderOfCaller: who calls the loop that answers may tell those who are
// left when it ends.
func (m *mailbox) FN_ReaderOfCaller() {
	for {
		name, ok := m.next()
		if !ok {
			return
		}
		if box := m.boxes[name]; box != nil {
			box <- name
		}
	}
}

func (m *mailbox) Take(name string) string {
	box := make(chan string, 1)
	m.boxes[name] = box
	return <-box
}

type exchange struct {
	lines func() (int, string, bool)
	write func(int) error
	calls sync.Map // of channels, by number
}

func newExchange(lines func() (int, string, bool), write func(int) error) *exchange {
	e := &exchange{lines: lines, write: write}
	go e.read()
	return e
}

func (e *exchange) read() {
	for {
		number, line, ok := e.lines()
		if !ok {
			return
		}
		if answer, ok := e.calls.LoadAndDelete(number); ok {
			answer.(chan string) <- line
		}
	}
}

// FN_InSyncMap: who is left in a sync.Map isn't seen.
func (e *exchange) FN_InSyncMap(number int) (string, error) {
	answer := make(chan string, 1)
	e.calls.Store(number, answer)
	if err := e.write(number); err != nil {
		e.calls.Delete(number)
		return "", err
	}
	return <-answer, nil
}

// FN_NeitherOfTwo: that a goroutine says nothing on either of two channels
// isn't counted.
func FN_NeitherOfTwo(load func() (string, error)) (string, error) {
	text, failed := make(chan string, 1), make(chan error, 1)
	go func() {
		t, err := load()
		switch {
		case err != nil:
			failed <- err
		case t != "":
			text <- t
		}
	}()
	select {
	case t := <-text:
		return t, nil
	case err := <-failed:
		return "", err
	}
}
