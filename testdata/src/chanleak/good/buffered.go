package good

import (
	"errors"
	"io"
	"strings"
)

// The buffer has room for all that are asked.
func firstOf(servers [16]string, ask func(string) (string, error)) (string, error) {
	answers := make(chan string, 16)
	go func() {
		for _, s := range servers {
			if a, err := ask(s); err == nil {
				answers <- a
			}
		}
		close(answers)
	}()
	for a := range answers {
		if strings.HasPrefix(a, "yes") {
			return a, nil
		}
	}
	return "", errors.New("no answer")
}

// One result and one error, in a buffer with room to spare.
func readAll(r io.Reader) ([]byte, error) {
	failed := make(chan error, 8)
	data := make(chan []byte, 8)
	go func() {
		b, err := io.ReadAll(r)
		if err != nil {
			failed <- err
			return
		}
		data <- b
	}()
	select {
	case b := <-data:
		return b, nil
	case err := <-failed:
		return nil, err
	}
}
