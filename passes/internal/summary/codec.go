package summary

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/goconclint/goconclint/passes/internal/effect"
	"github.com/goconclint/goconclint/passes/internal/place"
)

// The code of a summary is one item behind the other, separated by spaces. An
// item is a letter for its list, flags, and what it is about:
//
//	t0.mu            takes 0.mu
//	tr0.mu           takes it for reading
//	m0.mu            may take it
//	u0.mu            releases it
//	a0.mu=(*T).Len   takes it on some path, by calling (*T).Len
//	c1               calls formal 1
//	cg1              on another goroutine (l: in a loop, o: once)
//	c1+0.mu+r2.mu    with these locks held
//	k0.done+0.mu     calls what is in 0.done with 0.mu held
//	v                recovers, when it is deferred
//	p                panics with an error
//	x                may end the process
//	h                does nothing but recover, when it is deferred
//	e                never returns, and ends the process
//
// It is made by hand and not by gob because a fact is paid for by everyone
// who imports the package: gob alone would be three times as long.

// Encode returns the code of a summary.
func (s *Summary) Encode() string {
	var items []string
	for _, lock := range s.Takes {
		items = append(items, "t"+lockCode(lock))
	}
	for _, lock := range s.MayTake {
		items = append(items, "m"+lockCode(lock))
	}
	for _, released := range s.Releases {
		items = append(items, "u"+released.String())
	}
	for _, a := range s.Acquires {
		item := "a" + lockCode(a.Lock)
		if via := strings.ReplaceAll(a.Via, " ", ""); via != "" {
			item += "=" + via
		}
		items = append(items, item)
	}
	for _, run := range s.Runs {
		items = append(items, runCode(run))
	}
	for _, hook := range s.Hooks {
		items = append(items, "k"+hook.Field.String()+heldCode(hook.Held))
	}
	for _, end := range endingCodes(&s.Ending) {
		if *end.set {
			items = append(items, end.code)
		}
	}
	return strings.Join(items, " ")
}

// An endingCode is the item that stands for one part of an ending.
type endingCode struct {
	set  *bool
	code string
}

func endingCodes(e *effect.Ending) []endingCode {
	return []endingCode{{&e.Recovers, "v"}, {&e.Panics, "p"}, {&e.Exits, "x"}, {&e.Handles, "h"}, {&e.Ends, "e"}}
}

func lockCode(l effect.Lock) string {
	if l.Mode == effect.Shared {
		return "r" + l.Place.String()
	}
	return l.Place.String()
}

func runCode(run effect.Run) string {
	code := "c"
	for _, flag := range []struct {
		set  bool
		name string
	}{{run.Async, "g"}, {run.Many, "l"}, {run.Once, "o"}} {
		if flag.set {
			code += flag.name
		}
	}
	return code + strconv.Itoa(run.Formal) + heldCode(run.Held)
}

func heldCode(held []effect.Lock) string {
	code := ""
	for _, lock := range held {
		code += "+" + lockCode(lock)
	}
	return code
}

var errCode = errors.New("not the code of a summary")

// Decode reads what Encode wrote. Of a code that is damaged nothing is
// believed.
func Decode(code string) (Summary, error) {
	var s Summary
	for item := range strings.SplitSeq(code, " ") {
		if item == "" {
			continue
		}
		if !s.decode(item[0], item[1:]) {
			return Summary{}, errCode
		}
	}
	return s, nil
}

func (s *Summary) decode(list byte, item string) bool {
	switch list {
	case 't', 'm':
		lock, ok := parseLock(item)
		if list == 't' {
			s.Takes = append(s.Takes, lock)
		} else {
			s.MayTake = append(s.MayTake, lock)
		}
		return ok
	case 'u':
		released, ok := place.Parse(item)
		s.Releases = append(s.Releases, released)
		return ok
	case 'a':
		at, via, _ := strings.Cut(item, "=")
		lock, ok := parseLock(at)
		s.Acquires = append(s.Acquires, effect.Acquisition{Lock: lock, Via: via})
		return ok
	case 'c':
		run, ok := parseRun(item)
		s.Runs = append(s.Runs, run)
		return ok
	case 'k':
		hook, ok := parseHook(item)
		s.Hooks = append(s.Hooks, hook)
		return ok
	}
	for _, end := range endingCodes(&s.Ending) {
		if end.code == string(list)+item {
			*end.set = true
			return true
		}
	}
	return false
}

func parseLock(item string) (effect.Lock, bool) {
	mode := effect.Exclusive
	if rest, shared := strings.CutPrefix(item, "r"); shared {
		item, mode = rest, effect.Shared
	}
	p, ok := place.Parse(item)
	return effect.Lock{Place: p, Mode: mode}, ok
}

func parseRun(item string) (effect.Run, bool) {
	var run effect.Run
	parts := strings.Split(item, "+")
	head := parts[0]
	for _, flag := range []struct {
		set  *bool
		name string
	}{{&run.Async, "g"}, {&run.Many, "l"}, {&run.Once, "o"}} {
		head, *flag.set = strings.CutPrefix(head, flag.name)
	}
	formal, ok := place.Parse(head)
	if !ok || formal.Path != "" {
		return run, false
	}
	run.Formal = formal.Formal
	run.Held, ok = parseHeld(parts[1:])
	return run, ok
}

func parseHook(item string) (effect.Hook, bool) {
	parts := strings.Split(item, "+")
	field, ok := place.Parse(parts[0])
	if !ok || field.Path == "" || len(parts) == 1 {
		return effect.Hook{}, false
	}
	held, ok := parseHeld(parts[1:])
	return effect.Hook{Field: field, Held: held}, ok
}

func parseHeld(items []string) ([]effect.Lock, bool) {
	var held []effect.Lock
	for _, item := range items {
		lock, ok := parseLock(item)
		if !ok {
			return nil, false
		}
		held = append(held, lock)
	}
	return held, true
}

// A Fact is a summary as a fact about a function.
type Fact struct{ Code string }

// AFact makes a Fact a fact of package analysis.
func (*Fact) AFact() {}

// String returns the code, for tests.
func (f *Fact) String() string { return f.Code }

// GobEncode leaves the description of the type out of each package's facts.
func (f *Fact) GobEncode() ([]byte, error) { return []byte(f.Code), nil }

// GobDecode reads what GobEncode wrote.
func (f *Fact) GobDecode(code []byte) error {
	f.Code = string(slices.Clone(code))
	return nil
}
