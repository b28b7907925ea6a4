package pending

import (
	"bufio"
	"io"
	"strings"
	"sync"
	"time"
)

// bridge tells those who are left when its reader ends.
type bridge struct {
	rw      io.ReadWriter
	waiting sync.Map // of chan string
}

func newBridge(rw io.ReadWriter) *bridge {
	b := &bridge{rw: rw}
	go b.receive()
	return b
}

func (b *bridge) receive() {
	lines := bufio.NewScanner(b.rw)
	for lines.Scan() {
		number, text, _ := strings.Cut(lines.Text(), " ")
		if answer, ok := b.waiting.LoadAndDelete(number); ok {
			answer.(chan string) <- text
		}
	}
	b.waiting.Range(func(number, answer any) bool {
		b.waiting.Delete(number)
		close(answer.(chan string))
		return true
	})
}

func (b *bridge) Ask(number, text string) (string, error) {
	answer := make(chan string, 1)
	b.waiting.Store(number, answer)
	if _, err := io.WriteString(b.rw, number+" "+text+"\n"); err != nil {
		return "", err
	}
	return <-answer, nil
}

// lenient's callers don't wait for ever.
type lenient struct {
	next    func() (string, string, error)
	waiting sync.Map // of chan string
}

func newLenient(next func() (string, string, error)) *lenient {
	p := &lenient{next: next}
	go p.receive()
	return p
}

func (p *lenient) receive() {
	for {
		number, text, err := p.next()
		if err != nil {
			return
		}
		if answer, ok := p.waiting.LoadAndDelete(number); ok {
			answer.(chan string) <- text
		}
	}
}

func (p *lenient) Ask(number string) (string, bool) {
	answer := make(chan string, 1)
	p.waiting.Store(number, answer)
	select {
	case text := <-answer:
		return text, true
	case <-time.After(time.Minute):
		p.waiting.Delete(number)
		return "", false
	}
}

// exchange's callers take the channels of others, too.
type exchange struct {
	next    func() (string, string, error)
	waiting sync.Map // of chan string
}

func newExchange(next func() (string, string, error)) *exchange {
	e := &exchange{next: next}
	go e.receive()
	return e
}

func (e *exchange) receive() {
	for {
		number, text, err := e.next()
		if err != nil {
			return
		}
		e.Answer(number, text)
	}
}

// Answer is for those who know better than the other side.
func (e *exchange) Answer(number, text string) {
	if answer, ok := e.waiting.LoadAndDelete(number); ok {
		answer.(chan string) <- text
	}
}

func (e *exchange) Ask(number string) string {
	answer := make(chan string, 1)
	e.waiting.Store(number, answer)
	return <-answer
}
