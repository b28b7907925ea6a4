// Package snapshot writes files that are removed if that fails.
package snapshot

import (
	"bufio"
	"fmt"
	"io"
	"os"
)

// write keeps the error of Close only if there is none yet, and removes the
// file if there is one; its callers learn of neither.
func write(path string, each func(func(line string) error) error) (int, error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer func() {
		if closed := f.Close(); closed != nil && err == nil {
			err = closed // want `err is set too late: the results have no names, and return has read it before the deferred function runs`
		}
		if err != nil {
			os.Remove(path)
		}
	}()
	n := 0
	buf := bufio.NewWriter(f)
	err = each(func(line string) error {
		n++
		return put(buf, line)
	})
	if err != nil {
		return n, fmt.Errorf("snapshot: line %d: %w", n, err)
	}
	if err = buf.Flush(); err != nil {
		return n, err
	}
	return n, f.Sync()
}

func put(w io.Writer, line string) error {
	_, err := fmt.Fprintln(w, line)
	return err
}

// Save is for other packages.
func Save(path string, each func(func(line string) error) error) error {
	_, err := write(path, each)
	return err
}
