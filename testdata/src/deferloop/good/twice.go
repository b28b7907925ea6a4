package good

import (
	"context"
	"io"
	"os"
	"time"
)

// Each path to the next iteration closes; the deferred call is for the others.
func appendAll(w io.Writer, paths []string) error {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := io.Copy(w, f); err != nil {
			return err
		}
		f.Close()
	}
	return nil
}

func retried(ctx context.Context, try func(context.Context) error) (err error) {
	for ctx.Err() == nil {
		limited, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		if err = try(limited); err == nil {
			return nil
		}
		cancel()
	}
	return err
}
