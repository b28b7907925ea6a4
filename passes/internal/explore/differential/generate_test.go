package differential

import (
	"go/format"
	"strings"
	"testing"
)

// constructs are what programs are made of.
var constructs = strings.Split("unbuffered channel,buffered channel,comma ok,select,select with default,close,"+
	"range over channel,mutex,rwmutex,trylock,deferred unlock,waitgroup,wg.Go,once,cond,atomic,compare and swap,"+
	"closure,map,slice,struct,context,loop", ",")

// TestConstructs: each construct is in at least one of twenty programs.
func TestConstructs(t *testing.T) {
	programs := Generate(1, 1000).Programs
	uses := make(map[string]int)
	for _, p := range programs {
		for _, c := range p.Uses {
			uses[c]++
		}
	}
	for _, c := range constructs {
		if uses[c]*20 < len(programs) {
			t.Errorf("%s: in %d of %d programs", c, uses[c], len(programs))
		}
		delete(uses, c)
	}
	for c := range uses {
		t.Errorf("%s isn't among the constructs", c)
	}
}

// TestGenerate: the same seed gives the same programs, formatted as gofmt
// does, another seed gives others, and both renderings have the same lines.
func TestGenerate(t *testing.T) {
	a := Generate(7, 50)
	if b := Generate(7, 50); a.Plain() != b.Plain() || a.Steered() != b.Steered() {
		t.Error("one seed gives different programs")
	}
	if a.Plain() == Generate(8, 50).Plain() {
		t.Error("two seeds give the same programs")
	}
	if text, err := format.Source([]byte(a.Plain())); err != nil || string(text) != a.Plain()[:len(a.Plain())-1] {
		t.Errorf("not formatted (%v)", err)
	}
	if plain, steered := strings.Count(a.Plain(), "\n"), strings.Count(a.Steered(), "\n"); steered != plain+1 {
		t.Errorf("%d lines are steered by %d", plain, steered)
	}
}
