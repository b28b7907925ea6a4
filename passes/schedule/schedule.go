// Package schedule is the grammar in which a diagnostic carries the schedule
// that leads to a mistake: its Related messages, in order, one step each.
// Checks encode it, outputs decode it, and a host that only prints messages
// shows something that people can read.
//
//	step      = goroutine ": " action [" " object] [" -> " goroutine] [" (holds " locks ")"]
//	goroutine = "g" number            g0 is where exploration started
//	action    = words in lower case   "lock", "send", "go", "blocked: receive"
//	object    = "`" name "`"
//	locks     = name { ", " name }
//
// For example
//
//	g0: go -> g1
//	g1: send `results` (holds s.mu)
package schedule

import (
	"fmt"
	"strconv"
	"strings"
)

// A Step is one step of a schedule; where it happens is the position of the
// related information that carries it.
type Step struct {
	Goroutine int
	Action    string
	Object    string   // "" for none
	Other     int      // goroutine started or met, -1 for none
	Locks     []string // held by the goroutine
}

// Encode returns the message of a step.
func (s Step) Encode() string {
	var b strings.Builder
	fmt.Fprintf(&b, "g%d: %s", s.Goroutine, s.Action)
	if s.Object != "" {
		fmt.Fprintf(&b, " `%s`", s.Object)
	}
	if s.Other >= 0 {
		fmt.Fprintf(&b, " -> g%d", s.Other)
	}
	if len(s.Locks) > 0 {
		fmt.Fprintf(&b, " (holds %s)", strings.Join(s.Locks, ", "))
	}
	return b.String()
}

// Decode reads a message; ok is false if it isn't a step.
func Decode(message string) (s Step, ok bool) {
	head, rest, found := strings.Cut(message, ": ")
	if !found {
		return Step{}, false
	}
	if s.Goroutine, ok = number(head); !ok {
		return Step{}, false
	}
	s.Other = -1
	if body, locks, found := cutLast(rest, " (holds "); found && strings.HasSuffix(locks, ")") {
		s.Locks = strings.Split(strings.TrimSuffix(locks, ")"), ", ")
		rest = body
	}
	if body, other, found := cutLast(rest, " -> "); found {
		if n, isNumber := number(other); isNumber {
			s.Other, rest = n, body
		}
	}
	if action, object, found := strings.Cut(rest, " `"); found && strings.HasSuffix(object, "`") {
		s.Object, rest = strings.TrimSuffix(object, "`"), action
	}
	s.Action = rest
	return s, rest != ""
}

// number reads the name of a goroutine as Encode writes it.
func number(name string) (int, bool) {
	digits, ok := strings.CutPrefix(name, "g")
	n, err := strconv.Atoi(digits)
	return n, ok && err == nil && n >= 0 && strconv.Itoa(n) == digits
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
