package programs

import "sync"

// What cgo makes of import "C" and of //export callBack.

func _cgo_runtime_cgocall(fn, arg *byte) int32

func _Cfunc_callback(i int) { _cgo_runtime_cgocall(nil, nil) }

func _cgoexp_0_callBack(a *int) { callBack(*a) }

var (
	callbackMu sync.Mutex
	callbacks  = make(map[int]func())
)

func callBack(i int) {
	callbackMu.Lock()
	f := callbacks[i]
	callbackMu.Unlock()
	f()
}

// throughC has C call f.
func throughC(f func()) {
	callbackMu.Lock()
	callbacks[1] = f
	callbackMu.Unlock()
	_Cfunc_callback(1)
	callbackMu.Lock()
	delete(callbacks, 1)
	callbackMu.Unlock()
}

func CgoCallback() {
	c := make(chan int)
	go func() { c <- <-c }()
	throughC(func() {
		c <- 1
		<-c
	})
}

// A function that is forgotten is never called.
func CgoForgotten() {
	c := make(chan int)
	go func() {
		<-c // want "receive"
	}()
	f := func() { c <- 1 }
	_ = f
	_Cfunc_callback(2)
}
