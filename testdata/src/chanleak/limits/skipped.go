package limits

import (
	"errors"
	"os"
	"time"
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

// FN_NoneOfThree: what a named function doesn't say on any of several channels
// isn't counted.
func FN_NoneOfThree(rounds int, play func() int) string {
	won, lost, drawn := make(chan int, 1), make(chan int, 1), make(chan struct{})
	go referee(rounds, play, won, lost, drawn)
	select {
	case n := <-won:
		return "won by " + string(rune('0'+n))
	case n := <-lost:
		return "lost by " + string(rune('0'+n))
	case <-drawn:
		return "drawn"
	}
}

func referee(rounds int, play func() int, won, lost chan<- int, drawn chan<- struct{}) {
	if rounds == 0 {
		return
	}
	switch n := play(); {
	case n > 0:
		won <- n
	case n < 0:
		lost <- -n
	default:
		close(drawn)
	}
}

type promise struct {
	kept chan int
}

func newPromise() *promise { return &promise{kept: make(chan int)} }

func (p *promise) Await(stop <-chan time.Time) (int, bool) {
	select {
	case n := <-p.kept:
		return n, true
	case <-stop:
		return 0, false
	}
}

// FN_Promise: who calls it may do so again for the next value; there is no
// request that is taken out.
func (p *promise) FN_Promise(n int) { p.kept <- n }
