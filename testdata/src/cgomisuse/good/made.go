// Package made gives back what it takes.
package made

import (
	"errors"
	"runtime"
	"runtime/cgo"
	"unsafe"
)

type _Ctype_char int8

func _Cfunc_CString(string) *_Ctype_char
func _Cfunc_free(unsafe.Pointer)
func _Cfunc_puts(*_Ctype_char) int32
func _Cfunc_register_name(*_Ctype_char) int32
func _Cfunc_start(uintptr)
func _cgoCheckPointer(any, any)

func hello(n int) error {
	text := (_Cfunc_CString)("hello")
	defer func() func() {
		_cgo0 := unsafe.Pointer(text)
		return func() { _cgoCheckPointer(_cgo0, nil); _Cfunc_free(_cgo0) }
	}()()
	if n < 0 {
		return errors.New("negative")
	}
	(_Cfunc_puts)(text)
	return nil
}

// name may be kept by C.
func name(s string) {
	text := (_Cfunc_CString)(s)
	(_Cfunc_register_name)(text)
}

// both paths free.
func both(s string) bool {
	text := (_Cfunc_CString)(s)
	if (_Cfunc_puts)(text) < 0 {
		func() { _cgo0 := unsafe.Pointer(text); _cgoCheckPointer(_cgo0, nil); _Cfunc_free(_cgo0) }()
		return false
	}
	func() { _cgo0 := unsafe.Pointer(text); _cgoCheckPointer(_cgo0, nil); _Cfunc_free(_cgo0) }()
	return true
}

type holder struct{ text *_Ctype_char }

// stored and returned memory is somebody else's to free.
func stored(h *holder, s string) *_Ctype_char {
	text := (_Cfunc_CString)(s)
	h.text = text
	other := (_Cfunc_CString)(s)
	return other
}

// main locks its thread for good.
func main() {
	runtime.LockOSThread()
	(_Cfunc_puts)(nil)
}

func pinned(work func() error) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return work()
}

// handed over: the callback deletes the handle.
func handed(f func()) {
	h := cgo.NewHandle(f)
	(_Cfunc_start)(uintptr(h))
}

// fails ends the process on the other path.
func fails(s string) {
	text := (_Cfunc_CString)(s)
	if (_Cfunc_puts)(text) < 0 {
		panic("no")
	}
	func() { _cgo0 := unsafe.Pointer(text); _cgoCheckPointer(_cgo0, nil); _Cfunc_free(_cgo0) }()
}

// A goroutine that ends locked takes its thread along.
func answers(questions <-chan int, replies chan<- int, once bool) {
	worker := func() {
		for q := range questions {
			runtime.LockOSThread()
			replies <- q
			if once {
				return
			}
			runtime.UnlockOSThread()
		}
	}
	go worker()
}
