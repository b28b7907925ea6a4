// Package streams reads what can fail into what cannot.
package streams

import (
	"bytes"
	"io"
	"os"
)

// head copies to a buffer, which can't fail, from a file, which can.
func head(f *os.File, limit int64) ([]byte, error) {
	var b bytes.Buffer
	if _, err := io.CopyN(&b, f, limit); err != nil && err != io.EOF {
		panic(err) // want `panic\(err\) in head`
	}
	return b.Bytes(), nil
}

// Head returns the first bytes of a file.
func Head(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return head(f, 512)
}
