package good

import "context"

// pump runs one operation after the other: the next one is asked for when the
// result of the last is there.
func pump(ctx context.Context, operate func(context.Context) error) error {
	var (
		operation context.Context
		cancel    context.CancelFunc
		run       = make(chan struct{}, 1)
		results   = make(chan error)
	)
	run <- struct{}{}
	for {
		select {
		case <-run:
			operation, cancel = context.WithCancel(ctx)
			go report(results, func() error { return operate(operation) })
		case err := <-results:
			cancel()
			if err != nil {
				return err
			}
			run <- struct{}{}
		}
	}
}

func report(results chan<- error, operate func() error) { results <- operate() }

var _ = pump
