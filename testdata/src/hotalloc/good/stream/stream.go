// Package stream does what the bad one does, or nearly, without the waste.
package stream

import (
	"bytes"
	"io"
	"time"
)

//goconclint:hot
func run(in chan string, w io.Writer) {
	timer := time.NewTimer(time.Second)
	for {
		timer.Reset(time.Second)
		select {
		case line := <-in:
			io.WriteString(w, line)
		case <-timer.C:
			return
		}
	}
}

//goconclint:hot
func once(in chan string) string {
	select {
	case line := <-in:
		return line
	case <-time.After(time.Second): // not in a loop
		return ""
	}
}

// chunks keeps each buffer.
//
//goconclint:hot
func chunks(r io.Reader) (list [][]byte) {
	for {
		buf := make([]byte, 4096)
		n, err := r.Read(buf)
		if err != nil {
			return list
		}
		list = append(list, buf[:n])
	}
}

// sent buffers belong to who receives them.
//
//goconclint:hot
func sent(r io.Reader, out chan<- []byte) {
	for {
		buf := make([]byte, 512)
		if _, err := io.ReadFull(r, buf); err != nil {
			return
		}
		out <- buf
	}
}

// stack buffers cost nothing: the reader is known.
//
//goconclint:hot
func stack(r *bytes.Reader) (n int) {
	for r.Len() > 0 {
		buf := make([]byte, 16)
		k, _ := r.Read(buf)
		n += k
	}
	return n
}
