package model

import (
	"go/types"
)

// spawners lists functions that run an argument on another goroutine, with
// the index of that argument (their documentation).
var spawners = map[string]int{
	"time.AfterFunc":                                      1,
	"context.AfterFunc":                                   1,
	"(sync.WaitGroup).Go":                                 0,
	"(golang.org/x/sync/errgroup.Group).Go":               0,
	"(golang.org/x/sync/errgroup.Group).TryGo":            0,
	"(github.com/sourcegraph/conc.WaitGroup).Go":          0,
	"(github.com/sourcegraph/conc/pool.Pool).Go":          0,
	"(github.com/sourcegraph/conc/pool.ErrorPool).Go":     0,
	"(github.com/sourcegraph/conc/pool.ContextPool).Go":   0,
	"(github.com/panjf2000/ants/v2.Pool).Submit":          0,
	"(github.com/gammazero/workerpool.WorkerPool).Submit": 0,
	"(gopkg.in/tomb.v2.Tomb).Go":                          0,
	"(k8s.io/apimachinery/pkg/util/wait.Group).Start":     0,
	"(golang.org/x/sync/singleflight.Group).DoChan":       1,
}

// Spawns returns the index of the argument, receiver not counted, that fn
// runs on another goroutine, or -1.
func Spawns(fn *types.Func) int {
	if index, ok := spawners[Key(fn)]; ok {
		return index
	}
	return -1
}

// WaitsFirst reports whether fn, which runs its argument on another goroutine,
// does so later, when time has passed or a context is done.
func WaitsFirst(fn *types.Func) bool {
	switch Key(fn) {
	case "time.AfterFunc", "context.AfterFunc":
		return true
	}
	return false
}

// MakesGroup reports whether fn returns a new group of goroutines that its
// caller waits for.
func MakesGroup(fn *types.Func) bool { return Key(fn) == "golang.org/x/sync/errgroup.WithContext" }
