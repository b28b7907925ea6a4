// Package fix holds deferred functions that a fix mends.
package fix

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"os"
)

type closer struct{ c io.Closer }

func (c *closer) work() error { return nil }

func (c *closer) single() error {
	err := c.work() // the work itself
	defer func() {
		err = errors.Join(err, c.c.Close()) // want `err is set too late`
	}()
	return err
}

func (c *closer) declared() (int, error) {
	// err is what fails first
	var err error
	defer func() {
		err = errors.Join(err, c.c.Close()) // want `err is set too late`
	}()
	err = c.work()
	return 1, err
}

func (c *closer) several(open func() (io.Closer, error)) error {
	other, err := open()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil { // want `err is not what the function returns`
			_ = other.Close()
		}
	}()
	if err := c.work(); err != nil {
		return err
	}
	return nil
}

func pack(w io.Writer, data []byte) error {
	zw := gzip.NewWriter(w)
	defer zw.Close() // want `error of the deferred zw.Close is lost`
	_, err := zw.Write(data)
	return err
}

func lines(w io.Writer, list []string) (n int, err error) {
	bw := bufio.NewWriter(w)
	// whatever happens, what is there is written
	defer bw.Flush() // want `error of the deferred bw.Flush is lost`
	for _, line := range list {
		if _, err := bw.WriteString(line); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// clean removes what it made.
func clean(work func(dir string) error) error {
	dir, err := os.MkdirTemp("", "clean") // a folder of its own
	if err != nil {
		return err
	}
	defer func() {
		if failed := os.RemoveAll(dir); failed != nil && err == nil {
			err = failed // want `set for nobody`
		}
	}()
	return work(dir)
}
