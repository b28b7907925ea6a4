package counted

import (
	"context"
	"errors"
)

var errEmpty = errors.New("empty")

// loadText says something on every path.
func loadText(load func() (string, error)) (string, error) {
	text, failed := make(chan string, 1), make(chan error, 1)
	go func() {
		t, err := load()
		switch {
		case err != nil:
			failed <- err
		case t != "":
			text <- t
		default:
			failed <- errEmpty
		}
	}()
	select {
	case t := <-text:
		return t, nil
	case err := <-failed:
		return "", err
	}
}

// loadInTime doesn't count on either.
func loadInTime(ctx context.Context, load func() (string, error)) (string, error) {
	text, failed := make(chan string, 1), make(chan error, 1)
	go func() {
		t, err := load()
		switch {
		case err != nil:
			failed <- err
		case t != "":
			text <- t
		}
	}()
	select {
	case t := <-text:
		return t, nil
	case err := <-failed:
		return "", err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Two goroutines may leave it to each other.
func first(a, b func() (string, bool)) string {
	left, right := make(chan string, 1), make(chan string, 1)
	go func() {
		if s, ok := a(); ok {
			left <- s
		}
	}()
	go func() {
		if s, ok := b(); ok {
			right <- s
		}
	}()
	select {
	case s := <-left:
		return s
	case s := <-right:
		return s
	}
}

// A goroutine that panics says nothing to anybody.
func must(load func() (string, error)) string {
	text, over := make(chan string), make(chan struct{})
	go func() {
		defer close(over)
		t, err := load()
		if err != nil {
			return
		}
		text <- t
	}()
	select {
	case t := <-text:
		return t
	case <-over:
		return ""
	}
}
