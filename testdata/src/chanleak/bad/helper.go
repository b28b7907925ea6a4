package bad

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
)

// This file holds senders that send by a literal of their own.

type found struct {
	path string
	size int64
	err  error
}

var errFull = errors.New("full")

// walk sends what it finds by one literal, from two places.
func walk(ctx context.Context, root string) <-chan found {
	out := make(chan found)
	emit := func(f found) error {
		out <- f // want `nobody receives from out any more, which was left at helper.go:52: the goroutine started at helper.go:50 is blocked here for ever`
		return ctx.Err()
	}
	go func() {
		defer close(out)
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			return emit(found{path: path, size: info.Size()})
		})
		if err != nil {
			_ = emit(found{err: err})
		}
	}()
	return out
}

func total(ctx context.Context, root string, limit int64) (int64, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var sum int64
	for f := range walk(ctx, root) {
		if f.err != nil {
			return 0, f.err
		}
		if sum += f.size; sum > limit {
			return 0, errFull
		}
	}
	return sum, nil
}

// firstLine is the same in one function.
func firstLine(next func() (string, bool), enough func(string) bool) string {
	out := make(chan string, 8)
	emit := func(line string) { out <- line } // want `nobody receives from out any more, which was left at helper.go:\d+`
	go func() {
		defer close(out)
		for line, ok := next(); ok; line, ok = next() {
			emit(line)
		}
	}()
	for line := range out {
		if enough(line) {
			return line
		}
	}
	return ""
}
