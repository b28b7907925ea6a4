package main

import (
	"io"
	"testing"

	"golang.org/x/tools/go/packages"
)

// floors are the scores so far of the packages that take seconds, by default;
// docs/precision.md has those of all. They only rise.
var floors = map[string]struct{ locks, functions int }{
	"go/token":      {2, 3},
	"net/rpc":       {5, 7},
	"net/textproto": {2, 3},
}

func TestFloors(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses a package for each lock")
	}
	for name, floor := range floors {
		t.Run(name, func(t *testing.T) {
			pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule}, name)
			if err != nil || len(pkgs) != 1 || len(pkgs[0].Errors) > 0 {
				t.Fatal(err, pkgs)
			}
			r, err := measure(io.Discard, pkgs[0], 2)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d of %d locks, %d of %d in one function", r.locks.byDefault, r.locks.tried, r.functions.byDefault, r.functions.tried)
			if r.locks.byDefault < floor.locks || r.functions.byDefault < floor.functions {
				t.Errorf("below the floor of %d and %d", floor.locks, floor.functions)
			}
		})
	}
}
