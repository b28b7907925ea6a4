// Package snapshot writes files that are removed if that fails.
package snapshot

import (
	"bufio"
	"fmt"
	"log"
	"os"
)

// Write has a name for its result.
func Write(path string, lines []string) (n int, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer func() {
		if closed := f.Close(); closed != nil && err == nil {
			err = closed
		}
		if err != nil {
			os.Remove(path)
		}
	}()
	buf := bufio.NewWriter(f)
	for _, line := range lines {
		if _, err = fmt.Fprintln(buf, line); err != nil {
			return n, err
		}
		n++
	}
	err = buf.Flush()
	return n, err
}

// Scan keeps the last error for its log, and not for its callers, who get none.
func Scan(paths []string) int {
	n := 0
	var err error
	defer func() {
		if n == 0 && err == nil {
			err = os.ErrNotExist
		}
		if err != nil {
			log.Print(err)
		}
	}()
	for _, path := range paths {
		if _, err = os.Stat(path); err == nil {
			n++
		}
	}
	return n
}
