// Package made is what cgo makes of a file, in small: its calls of C have
// names with prefixes.
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
func _C2func_fopen(a, b *_Ctype_char) (unsafe.Pointer, error)
func _Cfunc_start(uintptr)
func _cgoCheckPointer(any, any)

func open(name string) (unsafe.Pointer, error) {
	path := (_Cfunc_CString)(name) // want `path, from C.CString, isn't freed on the path that returns at made.go:31`
	mode := (_Cfunc_CString)("r")
	defer func() func() {
		_cgo0 := unsafe.Pointer(mode)
		return func() { _cgoCheckPointer(_cgo0, nil); _Cfunc_free(_cgo0) }
	}()()
	file, err := (_C2func_fopen)(path, mode)
	if err != nil {
		return nil, err
	}
	func() { _cgo0 := unsafe.Pointer(path); _cgoCheckPointer(_cgo0, nil); _Cfunc_free(_cgo0) }()
	return file, nil
}

func hello() {
	text := (_Cfunc_CString)("hello") // want `text is memory of C that nobody frees: C.puts doesn't keep it`
	(_Cfunc_puts)(text)
}

func registered(name string) error {
	text := (_Cfunc_CString)(name) // want `text, from C.CString, isn't freed on the path that returns at made.go:45`
	if (_Cfunc_register_name)(text) != 0 {
		return errors.New("no")
	}
	func() { _cgo0 := unsafe.Pointer(text); _cgoCheckPointer(_cgo0, nil); _Cfunc_free(_cgo0) }()
	return nil
}

func callback(f func(), ready func() error) error {
	h := cgo.NewHandle(f) // want `h, from cgo.NewHandle, isn't deleted on the path that returns at made.go:54`
	if err := ready(); err != nil {
		return err
	}
	(_Cfunc_start)(uintptr(h))
	h.Delete()
	return nil
}

func pinned(work func() error) error {
	runtime.LockOSThread() // want `runtime.LockOSThread isn't undone by UnlockOSThread on the path that returns at made.go:64`
	if err := work(); err != nil {
		return err
	}
	runtime.UnlockOSThread()
	return nil
}
