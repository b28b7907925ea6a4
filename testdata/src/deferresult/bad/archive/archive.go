// Package archive loses the end of what it writes.
package archive

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"os"
)

// Pack writes a file.
func Pack(path string, files map[string][]byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	zw := gzip.NewWriter(f)
	defer zw.Close() // want `error of the deferred zw.Close is lost: what was written last may be missing although nil is returned`
	tw := tar.NewWriter(zw)
	defer tw.Close() // want `error of the deferred tw.Close is lost`
	for name, data := range files {
		if err := tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(data))}); err != nil {
			return err
		}
		if _, err := tw.Write(data); err != nil {
			return err
		}
	}
	return nil
}

// Lines writes to whatever it is given.
func Lines(w io.Writer, lines []string) error {
	bw := bufio.NewWriter(w)
	defer bw.Flush() // want `error of the deferred bw.Flush is lost`
	for _, line := range lines {
		if _, err := fmt.Fprintln(bw, line); err != nil {
			return err
		}
	}
	return nil
}

// Zip names its results, and doesn't use that.
func Zip(w io.Writer, names []string) (n int, err error) {
	zw := zip.NewWriter(w)
	defer zw.Close() // want `error of the deferred zw.Close is lost`
	for _, name := range names {
		if _, err = zw.Create(name); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Compress returns what isn't complete.
func Compress(data []byte) ([]byte, error) {
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	defer zw.Close() // want `buf is read by return before the deferred zw.Close writes the rest into it`
	if _, err := zw.Write(data); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// Form does the same.
func Form(fields map[string]string) (string, string) {
	body := new(bytes.Buffer)
	w := multipart.NewWriter(body)
	defer w.Close() // want `body is read by return before the deferred w.Close writes the rest into it`
	for name, value := range fields {
		_ = w.WriteField(name, value)
	}
	return w.FormDataContentType(), body.String()
}

// Reset sets the error to nil before it is at its end, and declares it with a
// value.
func Reset(w io.Writer, prepare func() error, entries []string) error {
	err := prepare()
	defer func() {
		if err != nil { // want `err is not what the function returns: line \d+ returns a new error`
			os.Remove("archive")
		}
	}()
	if errors.Is(err, os.ErrExist) {
		err = nil
	}
	if len(entries) == 0 {
		return errors.New("no entries")
	}
	_, err = io.WriteString(w, entries[0])
	return err
}
