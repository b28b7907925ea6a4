// Package fix holds channels of one result.
package fix

import (
	"context"
	"errors"
	"time"
)

func fetch(ctx context.Context, load func() (string, error)) (string, error) {
	result := make(chan string)
	go func() {
		text, err := load()
		if err != nil {
			result <- "" // want `nobody receives from result`
			return
		}
		result <- text
	}()
	select {
	case text := <-result:
		return text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func within(limit time.Duration, work func() error) error {
	errc := make(chan error)
	go func() { errc <- work() }() // want `nobody receives from errc`
	select {
	case err := <-errc:
		return err
	case <-time.After(limit):
		return errors.New("too late")
	}
}
