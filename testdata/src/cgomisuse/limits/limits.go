// Package limits holds what the check doesn't see, and what it sees wrong.
package limits

import "unsafe"

type _Ctype_char int8

func _Cfunc_CString(string) *_Ctype_char
func _Cfunc_free(unsafe.Pointer)
func _Cfunc_puts(*_Ctype_char) int32
func _Cfunc_show(*_Ctype_char) int32

// FN_Argument: memory without a name can't be freed by anybody.
func FN_Argument() {
	(_Cfunc_puts)((_Cfunc_CString)("hello"))
}

// FN_Shown: show doesn't keep the string, which only its author knows.
func FN_Shown() {
	text := (_Cfunc_CString)("hello")
	(_Cfunc_show)(text)
}

// FP_Kept: on this path, show keeps the string.
func FP_Kept(keep bool) int {
	text := (_Cfunc_CString)("hello") // want `text, from C.CString, isn't freed on the path that returns at limits.go:28`
	if keep {
		return int((_Cfunc_show)(text))
	}
	func() { _cgo0 := unsafe.Pointer(text); _Cfunc_free(_cgo0) }()
	return 0
}
