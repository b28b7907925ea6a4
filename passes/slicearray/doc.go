// Package slicearray defines an Analyzer that reports fields that are slices
// of a constant length.
//
// # Analyzer slicearray
//
// slicearray: report fields that hold slices of one constant length and could be arrays
//
// A struct with a field that is always made by make([]T, 64) takes two
// allocations, and each use of the field loads a pointer first. With [64]T in
// its place it takes one. The check looks at fields of the package's own
// structs whose every value is made with the same constant length where the
// struct is, and whose uses an array serves as well.
//
// Wrong:
//
//	type decoder struct {
//		scratch []byte
//		n       int
//	}
//
//	func newDecoder() *decoder {
//		return &decoder{scratch: make([]byte, 64)}
//	}
//
//	func (d *decoder) push(b byte) {
//		d.scratch[d.n] = b
//		d.n++
//	}
//
// Right:
//
//	type decoder struct {
//		scratch [64]byte
//		n       int
//	}
//
//	func newDecoder() *decoder {
//		return &decoder{scratch: [64]byte{}}
//	}
//
//	func (d *decoder) push(b byte) {
//		d.scratch[d.n] = b
//		d.n++
//	}
//
// Silent on:
//
//   - exported fields of exported structs, and fields with a length that varies
//   - structs that are copied, held by value in others, or made in other ways
//     than &T{…}: a copy of an array is another array
//   - fields that are set to something else, appended to, compared, returned
//     or stored elsewhere
//   - arrays of more than a kilobyte
//
// Relatives:
//
// None in vet, staticcheck or golangci-lint.
//
// Since: v0.1.0
package slicearray
