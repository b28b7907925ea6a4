// Package limits shows what oncemisuse doesn't see, and sees wrongly.
package limits

import (
	"errors"
	"os"
	"sync"
)

type loader struct {
	once sync.Once
	text []byte
	mu   sync.Mutex
	ok   *bool
}

// FN_Helper: the function that Do runs is a method, and what it returns is
// lost in a place that isn't looked at.
func (l *loader) FN_Helper() ([]byte, error) {
	var err error
	read := func() { l.text, err = os.ReadFile("text") }
	l.once.Do(read)
	return l.text, err
}

// FN_Value: OnceValue's function can come back to it through a variable.
func FN_Value() int { return value() }

var value func() int

func init() { value = sync.OnceValue(func() int { return value() + 1 }) }

// FP_Once: the comment elsewhere says that it is called by one goroutine.
func (l *loader) FP_Once() bool {
	if l.ok == nil { // want `l.ok is looked at without l.mu`
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.ok == nil {
			l.ok = new(bool)
		}
	}
	return *l.ok
}

var errClosed = errors.New("closed")
