// Package codec holds scratch space of constant size.
package codec

import "io"

const digits = 20

type encoder struct {
	w       io.Writer
	scratch []byte // want `encoder.scratch is always a \[\]byte of length 20, an allocation of its own for each encoder: a \[20\]byte lies in the struct`
	counts  []int  // want `encoder.counts is always a \[\]int of length 4`
}

func newEncoder(w io.Writer) *encoder {
	return &encoder{
		w:       w,
		scratch: make([]byte, digits),
		counts:  make([]int, 4),
	}
}

func (e *encoder) number(n uint64) error {
	i := len(e.scratch)
	for n > 0 {
		i--
		e.scratch[i] = byte('0' + n%10)
		n /= 10
	}
	e.counts[0]++
	_, err := e.w.Write(e.scratch[i:])
	return err
}

func (e *encoder) all() (sum int) {
	for _, n := range e.counts {
		sum += n
	}
	return sum
}
