// Package limits shows what the check doesn't see, and where it is wrong.
package limits

import (
	"errors"
	"log"
	"net/http"
)

type telemetry struct{ sent []any }

func (t *telemetry) send(v any) { t.sent = append(t.sent, v) }

// FN_Told tells a collector, but not its caller: what else a handler calls
// might tell somebody.
func FN_Told(t *telemetry, f func() error) error {
	defer func() {
		if r := recover(); r != nil {
			t.send(r)
		}
	}()
	return f()
}

// FN_Exported may be deferred by other packages, although none does.
func FN_Exported() {
	if r := recover(); r != nil {
		log.Println(r)
	}
	log.Println("done")
}

// FN_Goexit takes the end of the goroutine by runtime.Goexit for success:
// recover returns nil for it.
func FN_Goexit(f func(), done chan<- bool) {
	go func() {
		defer func() { done <- recover() == nil }()
		f()
	}()
}

// FN_Dropped is hidden: most results that are dropped are meant to be.
func FN_Dropped(f func()) {
	defer func() { recover() }()
	f()
}

// FN_Field calls the handler through a field.
type FN_Field struct{ handle func() }

func newField() *FN_Field {
	return &FN_Field{handle: func() {
		if r := recover(); r != nil {
			log.Println(r)
		}
	}}
}

func (f *FN_Field) run() { f.handle() }

var errBroken = errors.New("broken")

// FP_Checked: its callers look at the name, which is empty then.
func FP_Checked(f func() (string, error)) (name string, err error) {
	defer func() {
		if r := recover(); r != nil { // want `FP_Checked goes on to return a nil error`
			log.Println("no name:", r)
		}
	}()
	name, err = f()
	if err != nil {
		return "", errBroken
	}
	return name, nil
}

// FN_Gives stands above a handler that gives responses up by panicking with
// http.ErrAbortHandler, but nothing in the package says so.
func FN_Gives(next http.Handler, w http.ResponseWriter, r *http.Request) {
	defer func() {
		if v := recover(); v != nil {
			log.Println(v)
		}
	}()
	next.ServeHTTP(w, r)
}

// FN_Again panics without what it recovered, which is of low confidence: the
// runtime prints both panics.
func FN_Again(f func()) {
	defer func() {
		if recover() != nil {
			panic("f failed")
		}
	}()
	f()
}

// FN_Job survives what it does and tells a log, which is of low confidence:
// who starts such a job mostly logs its errors, too.
func FN_Job(f func() error) error {
	defer func() {
		if r := recover(); r != nil {
			log.Println("job:", r)
		}
	}()
	return f()
}
