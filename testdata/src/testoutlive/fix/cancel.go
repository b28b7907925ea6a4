package fix

import (
	"context"
	"testing"
	"time"
)

func wait(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestWait(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		if err := wait(ctx); err != nil {
			t.Log(err) // want `cancel makes wait fail as the test ends`
		}
	}()
	time.Sleep(time.Millisecond)
	cancel()
}
