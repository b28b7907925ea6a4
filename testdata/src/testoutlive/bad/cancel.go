package bad

import (
	"context"
	"fmt"
	"os/exec"
	"testing"
	"time"
)

type poller struct {
	every time.Duration
	polls int
}

// Run polls until ctx is done.
func (p *poller) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return fmt.Errorf("poller: %w", ctx.Err())
		case <-time.After(p.every):
			p.polls++
		}
	}
}

// The test cancels the context, and Run returns its error.
func TestPoller(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	p := &poller{every: time.Millisecond}
	go func() {
		if err := p.Run(ctx); err != nil {
			t.Errorf("run: %v", err) // want `cancel makes p.Run fail as the test ends, and nothing waits for the goroutine that then calls t.Errorf: it panics`
		}
	}()
	time.Sleep(10 * time.Millisecond)
}

// The test kills the process, and Run says so.
func TestProcess(t *testing.T) {
	cmd := exec.Command("sleep", "60")
	t.Cleanup(func() { cmd.Process.Kill() })
	go func() {
		if err := cmd.Run(); err != nil {
			t.Error(err) // want `cmd.Process.Kill makes cmd.Run fail as the test ends`
		}
	}()
	time.Sleep(10 * time.Millisecond)
}

// Watch returns why it ended.
func (p *poller) Watch(ctx context.Context) error {
	<-ctx.Done()
	return context.Cause(ctx)
}

func TestWatch(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	p := new(poller)
	go func() {
		if err := p.Watch(ctx); err != nil {
			t.Errorf("watch: %v", err) // want `cancel makes p.Watch fail as the test ends`
		}
	}()
	time.Sleep(10 * time.Millisecond)
}
