package db

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// Upload keeps an error by hand while the writer is open.
func (s *Store) Upload(ctx context.Context, w io.WriteCloser, data []byte) error {
	var broken error
	defer func() {
		if broken != nil {
			_ = w.Close()
		}
	}()
	if _, broken = w.Write(data); broken != nil {
		return fmt.Errorf("write: %w", broken)
	}
	if broken = w.Close(); broken != nil {
		if !errors.Is(broken, io.ErrClosedPipe) {
			return broken
		}
		broken = nil
	}
	if err := s.db.PingContext(ctx); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return nil
}

// Unlocked returns another error where there is one already, which the
// deferred function sees.
func (s *Store) Unlocked(ctx context.Context, lock func() (func(), error), query string) error {
	unlock, err := lock()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			unlock()
		}
	}()
	for range 3 {
		_, err = s.db.ExecContext(ctx, query)
		if err != nil && ctx.Err() == nil {
			if err := s.db.PingContext(ctx); err != nil {
				return fmt.Errorf("ping: %w", err)
			}
			continue
		}
		break
	}
	return err
}
