package model

import (
	"go/types"
	"strings"
)

// Waits reports whether fn is there to wait for other goroutines: the Wait of
// a WaitGroup, an errgroup, a command or any other type, and what is named
// after it, such as StopAndWait or waitForAll.
func Waits(fn *types.Func) bool {
	return strings.Contains(fn.Name(), "Wait") || strings.HasPrefix(fn.Name(), "wait") || strings.HasPrefix(fn.Name(), "Join") && fn.Signature().Params().Len() == 0
}

// SignalsDone reports whether fn tells one that waits on its receiver that
// the calling goroutine is done.
func SignalsDone(fn *types.Func) bool { return Key(fn) == "(sync.WaitGroup).Done" }

// EventSource reports whether the channel that fn returns is served by the
// runtime or by whoever cancels a context, so that a receive from it says
// nothing about the program's own goroutines.
func EventSource(fn *types.Func) bool {
	switch Key(fn) {
	case "time.After", "time.Tick", "(context.Context).Done":
		return true
	}
	return false
}

// EventField reports whether a field is the channel of a timer or ticker.
func EventField(field *types.Var) bool {
	return field.Name() == "C" && field.Pkg() != nil && field.Pkg().Path() == "time"
}

// TellsOthers reports whether fn tells other goroutines something, or may by
// its name: that one of a group is done, that a condition holds, a value.
// signal.Notify asks to be told.
func TellsOthers(fn *types.Func) bool {
	if Key(fn) == "os/signal.Notify" {
		return false
	}
	switch fn.Name() {
	case "Done", "Signal", "Broadcast", "Release", "Unlock", "Finish", "Complete", "Notify":
		return true
	}
	return fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic"
}
