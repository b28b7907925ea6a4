// Package main prints the first words of files.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

type word struct {
	line int
	text string
}

// words sends all words of a text.
func words(r io.Reader) <-chan word {
	out := make(chan word)
	go func() {
		defer close(out)
		lines := bufio.NewScanner(r)
		for n := 1; lines.Scan(); n++ {
			for _, text := range strings.Fields(lines.Text()) {
				out <- word{n, text} // want `nobody receives from out: the goroutine started at command.go:22 is blocked here for ever`
			}
		}
	}()
	return out
}

// long passes the long ones on.
func long(ctx context.Context, in <-chan word, least int) <-chan word {
	out := make(chan word)
	go func() {
		defer close(out)
		for w := range in {
			if len(w.text) < least {
				continue
			}
			select {
			case out <- w:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

type reader struct{ least, most int }

func (r reader) read(ctx context.Context, text io.Reader) []word {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var found []word
	for w := range long(ctx, words(text), r.least) {
		if found = append(found, w); len(found) == r.most {
			break
		}
	}
	return found
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	r := reader{least: 5, most: 10}
	for _, name := range os.Args[1:] {
		text, err := os.ReadFile(name)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			continue
		}
		for _, w := range r.read(ctx, strings.NewReader(string(text))) {
			fmt.Printf("%s:%d: %s\n", name, w.line, w.text)
		}
	}
}
