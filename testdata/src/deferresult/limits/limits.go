// Package limits shows what the check doesn't see, and where it is wrong.
package limits

import (
	"bufio"
	"errors"
	"io"
	"log"
	"os"
)

// FN_Named sets a result through a function of the package.
func FN_Named(do func() error) error {
	err := do()
	defer set(&err)
	return err
}

func set(err *error) { *err = errors.New("too late") }

// FN_File loses the error of a file's Close, which is of low confidence.
func FN_File(path string, data []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(data)
	return err
}

// FN_Field flushes a writer that isn't a variable of its own.
func FN_Field(w *struct{ out *bufio.Writer }) error {
	defer w.out.Flush()
	_, err := w.out.WriteString("x")
	return err
}

// FP_Discarded writes to where nothing is kept.
func FP_Discarded(data []byte) error {
	bw := bufio.NewWriter(io.Discard)
	defer bw.Flush() // want `error of the deferred bw.Flush is lost`
	_, err := bw.Write(data)
	return err
}

// FP_Only asks for one of the failures on purpose.
func FP_Only(do func() error) error {
	err := do()
	defer func() {
		if err != nil { // want `err is not what the function returns`
			log.Println("do failed")
		}
	}()
	if os.Getenv("STRICT") != "" {
		return errors.New("strict")
	}
	return err
}
