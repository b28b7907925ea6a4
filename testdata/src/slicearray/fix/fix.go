// Package fix holds what can be mended.
package fix

import "encoding/binary"

type reader struct {
	head []byte // want `reader.head is always a \[\]byte of length 16`
	n    int
}

func newReader() *reader {
	return &reader{head: make([]byte, 16)}
}

func (r *reader) read(from func([]byte) int) uint32 {
	r.n = from(nil)
	r.n += copy(r.head, "x")
	for _, b := range r.head {
		r.n += int(b)
	}
	r.head[0] = byte(len(r.head))
	return binary.BigEndian.Uint32(r.head)
}
