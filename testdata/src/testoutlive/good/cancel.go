package good

import (
	"context"
	"errors"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

type poller struct{ polls int }

// Run polls until ctx is done, which is no error.
func (p *poller) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Second):
			p.polls++
		}
	}
}

func (p *poller) runFor(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestPoller(t *testing.T) {
	p := new(poller)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		if err := p.Run(ctx); err != nil {
			t.Error(err)
		}
	}()
	go func() {
		if err := p.runFor(ctx); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}()
	go func() {
		if err := p.runFor(ctx); err != nil {
			assert.ErrorIs(t, err, context.Canceled)
		}
	}()
	go func() {
		if err := p.runFor(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	errs := make(chan error)
	go func() { errs <- p.runFor(ctx) }()
	cancel()
	t.Log(<-errs)
}

// A command that ends by itself.
func TestCommand(t *testing.T) {
	cmd := exec.Command("true")
	go func() {
		if err := cmd.Run(); err != nil {
			t.Error(err)
		}
		cmd.Process.Release()
	}()
}
