// Package stream reads and writes on a hot path.
package stream

import (
	"bufio"
	"hash"
	"io"
	"time"
)

type pump struct {
	out  *bufio.Writer
	quit chan struct{}
	in   chan string
}

//goconclint:hot
func (p *pump) run() {
	for {
		select {
		case line := <-p.in:
			p.out.Write([]byte(line)) // want `\[\]byte\(line\) copies a string on a hot path only to write it: WriteString needn't`
		case <-time.After(time.Second): // want `time.After makes a timer and a channel in each turn on a hot path: one timer with Reset serves them all`
			p.out.Flush()
		case <-p.quit:
			return
		}
	}
}

//goconclint:hot
func sum(r io.Reader, h hash.Hash) error {
	for {
		buf := make([]byte, 4096) // want `buf is made in each turn of a loop on a hot path, only to be read into: one buffer before the loop serves them all`
		n, err := r.Read(buf)
		h.Write(buf[:n])
		if err != nil {
			return err
		}
	}
}

//goconclint:hot
func header(w interface {
	io.Writer
	io.StringWriter
}, names []string) error {
	for _, name := range names {
		if _, err := w.Write([]byte(name)); err != nil { // want `\[\]byte\(name\) copies a string`
			return err
		}
	}
	return nil
}
