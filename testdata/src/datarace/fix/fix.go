// Package fix gives away what the next round fills.
package fix

import (
	"bufio"
	"io"
)

func chunks(r io.Reader, out chan<- []byte) error {
	buf := make([]byte, 512)
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- buf[:n] // want `is sent here`
	}
}

func lines(r io.Reader, out chan<- []byte) error {
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		out <- sc.Bytes() // want `is sent here`
	}
	return sc.Err()
}
