// Package archive writes to the end.
package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
)

func Pack(path string, data []byte) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	zw := gzip.NewWriter(f)
	defer func() { err = errors.Join(err, zw.Close()) }()
	_, err = zw.Write(data)
	return err
}

// Twice closes again, for paths that return early.
func Twice(w io.Writer, data []byte) error {
	zw := gzip.NewWriter(w)
	defer zw.Close()
	if _, err := zw.Write(data); err != nil {
		return err
	}
	return zw.Close()
}

// Read only reads.
func Read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	zr, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	defer zr.Close()
	return io.ReadAll(zr)
}

// Memory can't fail, and isn't read before the end.
func Memory(buf *bytes.Buffer, data []byte) error {
	zw := gzip.NewWriter(buf)
	defer zw.Close()
	_, err := zw.Write(data)
	return err
}

// Closed closes before it reads.
func Closed(data []byte) ([]byte, error) {
	var buf bytes.Buffer
	err := func() error {
		zw := gzip.NewWriter(&buf)
		defer zw.Close()
		_, err := zw.Write(data)
		return err
	}()
	return buf.Bytes(), err
}

// Nobody could return an error here.
func Print(w io.Writer, lines []string) {
	bw := bufio.NewWriter(w)
	defer bw.Flush()
	for _, line := range lines {
		_, _ = bw.WriteString(line)
	}
}

// Given flushes a writer of its caller's.
func Given(bw *bufio.Writer, line string) error {
	defer bw.Flush()
	_, err := bw.WriteString(line)
	return err
}

// Either writes into memory through an interface.
func Either(data []byte, zip bool) (io.Reader, error) {
	content := new(bytes.Buffer)
	var w io.Writer = content
	if zip {
		zw := gzip.NewWriter(w)
		defer zw.Close()
		w = zw
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	return content, nil
}

// Decided says that the error is of no interest.
func Decided(w io.Writer, data []byte) error {
	zw := gzip.NewWriter(w)
	defer zw.Close() //nolint:errcheck // the reader finds out
	_, err := zw.Write(data)
	return err
}
