// Package limits holds what the check doesn't see, and what it sees wrong.
package limits

import (
	"os"
	"strings"
)

type entry struct{ first string }

// FN_Text: a line of the text keeps all of it alive.
func FN_Text(name string) (*entry, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(string(data), "\n")
	return &entry{first: first}, nil
}

type stack struct{ frames []*entry }

// FP_Filled: the place is filled again at once.
func (s *stack) FP_Filled(e *entry) {
	s.frames = s.frames[:len(s.frames)-1] // want `the array of s.frames keeps the element that is cut off alive`
	s.frames = append(s.frames, e)
}
