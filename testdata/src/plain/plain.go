// Package plain holds none of the constructs that checks look for: no
// goroutine, lock, defer, panic, loop over a map or exit.
package plain

import (
	"errors"
	"strings"
)

var errEmpty = errors.New("plain: empty")

// A Word is a part of a line.
type Word struct {
	Text   string
	Column int
}

// Words splits a line.
func Words(line string) ([]Word, error) {
	if line == "" {
		return nil, errEmpty
	}
	var words []Word
	for i, text := range strings.Fields(line) {
		words = append(words, Word{text, i})
	}
	return words, nil
}
