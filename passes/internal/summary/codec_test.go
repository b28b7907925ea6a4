package summary_test

import (
	"bytes"
	"encoding/gob"
	"reflect"
	"testing"

	"github.com/goconclint/goconclint/passes/internal/effect"
	"github.com/goconclint/goconclint/passes/internal/place"
	"github.com/goconclint/goconclint/passes/internal/summary"
)

func sample() summary.Summary {
	mu := effect.Lock{Place: place.Of(0).Field("mu")}
	read := effect.Lock{Place: place.Of(0).Field("state").Field("rw"), Mode: effect.Shared}
	return summary.Summary{
		Takes:    []effect.Lock{mu},
		MayTake:  []effect.Lock{read},
		Releases: []place.Place{place.Of(1).Field("mu")},
		Acquires: []effect.Acquisition{{Lock: read, Via: "(*T).Len"}, {Lock: mu}},
		Runs:     []effect.Run{{Formal: 1, Held: []effect.Lock{mu, read}}, {Formal: 2, Async: true, Many: true}, {Formal: 3, Once: true}},
		Hooks:    []effect.Hook{{Field: place.Of(0).Field("done"), Held: []effect.Lock{mu}}},
		Ending:   effect.Ending{Recovers: true, Panics: true, Exits: true},
	}
}

func TestCodec(t *testing.T) {
	s := sample()
	s.Normalize()
	code := s.Encode()
	if want := "t0.mu mr0.state.rw u1.mu a0.mu ar0.state.rw=(*T).Len c1+0.mu+r0.state.rw cgl2 co3 k0.done+0.mu v p x"; code != want {
		t.Errorf("code %q, want %q", code, want)
	}
	got, err := summary.Decode(code)
	if err != nil || !reflect.DeepEqual(got, s) {
		t.Errorf("decoded %+v, %v", got, err)
	}
	if empty := (&summary.Summary{}); !empty.Empty() || empty.Encode() != "" || s.Empty() {
		t.Error("emptiness")
	}
}

// TestNormalizeIsStable: order and repetition don't matter, and a second
// time changes nothing.
func TestNormalizeIsStable(t *testing.T) {
	s := sample()
	s.Normalize()
	twice := sample()
	more := sample()
	twice.Takes = append(twice.Takes, more.Takes...)
	twice.Acquires = append(more.Acquires, twice.Acquires...)
	twice.Acquires = append(twice.Acquires, effect.Acquisition{Lock: more.Acquires[1].Lock, Via: "a longer way"})
	twice.Runs = append(more.Runs[1:], twice.Runs...)
	twice.Hooks = append(more.Hooks, twice.Hooks...)
	for range 2 {
		if twice.Normalize(); !reflect.DeepEqual(twice, s) {
			t.Fatalf("%+v, want %+v", twice, s)
		}
	}
}

// TestSize: however much a function does, its summary stays small.
func TestSize(t *testing.T) {
	var s summary.Summary
	for formal := range 100 {
		for _, name := range []string{"first", "second", "third"} {
			lock := effect.Lock{Place: place.Of(formal).Field("inner").Field(name)}
			s.Takes = append(s.Takes, lock)
			s.MayTake = append(s.MayTake, lock)
			s.Releases = append(s.Releases, lock.Place)
			s.Acquires = append(s.Acquires, effect.Acquisition{Lock: lock, Via: "(*module.Type).Method"})
			s.Runs = append(s.Runs, effect.Run{Formal: formal, Held: s.Takes[:min(len(s.Takes), 4)]})
		}
	}
	s.Normalize()
	if n := len(s.Encode()); n > 1500 {
		t.Errorf("%d bytes", n)
	}
}

func TestFactIsSmall(t *testing.T) {
	s := sample()
	s.Normalize()
	var buf bytes.Buffer
	fact := &summary.Fact{Code: s.Encode()}
	if err := gob.NewEncoder(&buf).Encode(fact); err != nil {
		t.Fatal(err)
	}
	if n := buf.Len(); n > len(fact.Code)+60 {
		t.Errorf("%d bytes for a code of %d", n, len(fact.Code))
	}
	var got summary.Fact
	if err := gob.NewDecoder(&buf).Decode(&got); err != nil || got != *fact {
		t.Errorf("%v, %v", got, err)
	}
}

func FuzzDecode(f *testing.F) {
	s := sample()
	f.Add(s.Encode())
	f.Add("t0.mu a1.x=f c1+")
	f.Add("cglo0 cgg1 u t")
	f.Add("k0.done+0.mu k0 k0.x+")
	f.Add("v p x v px")
	f.Fuzz(func(t *testing.T, code string) {
		s, err := summary.Decode(code)
		if err != nil {
			return
		}
		again, err := summary.Decode(s.Encode())
		if err != nil || !reflect.DeepEqual(again, s) {
			t.Errorf("%q: %+v becomes %+v, %v", code, s, again, err)
		}
	})
}
