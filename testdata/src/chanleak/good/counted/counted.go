// Package counted holds goroutines that owe one value each to whoever starts them.
package counted

import (
	"context"
	"errors"
	"sync"
)

// This file holds goroutines that owe one value each, and pay it or don't
// owe it to anybody who counts on it.

type probe struct {
	host    string
	enabled bool
	check   func(ctx context.Context, host string) error
}

type verdict struct {
	host string
	err  error
}

var errSkip = errors.New("skip")

type prober struct{ probes []probe }

// Each way out says something.
func (p *prober) checkAll(ctx context.Context) []verdict {
	verdicts := make(chan verdict, len(p.probes))
	for _, one := range p.probes {
		go p.check(ctx, one, verdicts)
	}
	var all []verdict
	for range p.probes {
		all = append(all, <-verdicts)
	}
	return all
}

func (p *prober) check(ctx context.Context, one probe, out chan<- verdict) {
	err := one.check(ctx, one.host)
	if errors.Is(err, errSkip) {
		out <- verdict{host: one.host}
		return
	}
	out <- verdict{one.host, err}
}

// A deferred send is made on each way out.
func (p *prober) deferred(ctx context.Context, one probe) verdict {
	out := make(chan verdict, 1)
	go func() {
		v := verdict{host: one.host}
		defer func() { out <- v }()
		if !one.enabled {
			return
		}
		v.err = one.check(ctx, one.host)
	}()
	return <-out
}

// Only those that fail say so, and the channel is closed when all have ended.
func (p *prober) failures(ctx context.Context) (errs []error) {
	failed := make(chan error)
	var wg sync.WaitGroup
	for _, one := range p.probes {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := one.check(ctx, one.host); err != nil {
				failed <- err
			}
		}()
	}
	go func() {
		wg.Wait()
		close(failed)
	}()
	for err := range failed {
		errs = append(errs, err)
	}
	return errs
}

// Who waits has another way out.
func (p *prober) quickest(ctx context.Context) (string, error) {
	hosts := make(chan string, len(p.probes))
	for _, one := range p.probes {
		go func() {
			if one.check(ctx, one.host) == nil {
				hosts <- one.host
			}
		}()
	}
	select {
	case host := <-hosts:
		return host, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Who asks for details waits for them, others don't.
func (p *prober) detailed(ctx context.Context, one probe, details bool) (err error) {
	out := make(chan error, 1)
	go func() {
		err := one.check(ctx, one.host)
		if !details {
			return
		}
		out <- err
	}()
	if details {
		err = <-out
	}
	return err
}

// Two hold a race, and the first one to come is enough.
func (p *prober) either(ctx context.Context, a, b probe) string {
	hosts := make(chan string, 2)
	run := func(one probe) {
		if one.check(ctx, one.host) != nil {
			return
		}
		hosts <- one.host
	}
	go run(a)
	go run(b)
	go func() { hosts <- "none" }()
	return <-hosts
}

// Workers say something about each job, or it isn't counted.
func (p *prober) spread(ctx context.Context) (all []verdict) {
	jobs := make(chan probe)
	verdicts := make(chan verdict)
	for range 4 {
		go func() {
			for one := range jobs {
				if !one.enabled {
					verdicts <- verdict{one.host, errSkip}
					continue
				}
				verdicts <- verdict{one.host, one.check(ctx, one.host)}
			}
		}()
	}
	go func() {
		defer close(jobs)
		for _, one := range p.probes {
			jobs <- one
		}
	}()
	for range p.probes {
		all = append(all, <-verdicts)
	}
	return all
}

// What the workers leave out isn't waited for: the channel is closed.
func (p *prober) some(ctx context.Context) (all []verdict) {
	jobs, verdicts := make(chan probe), make(chan verdict)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for one := range jobs {
				if one.enabled {
					verdicts <- verdict{one.host, one.check(ctx, one.host)}
				}
			}
		})
	}
	go func() {
		for _, one := range p.probes {
			jobs <- one
		}
		close(jobs)
		wg.Wait()
		close(verdicts)
	}()
	for v := range verdicts {
		all = append(all, v)
	}
	return all
}

// A deferred close says something on each way out.
func (p *prober) warmUp(ctx context.Context, one probe) (err error) {
	ready := make(chan struct{})
	go func() {
		defer close(ready)
		if err = one.check(ctx, one.host); err != nil {
			return
		}
		err = nil
	}()
	<-ready
	return err
}

// seek tries the parts of a range at once. Whoever finds something has the
// others told to stop, and nobody counts on these any more.
func seek(parts [][]int, wanted int) (found bool) {
	quit := make(chan struct{})
	hits := make(chan bool)
	for _, part := range parts {
		go func() {
			for _, n := range part {
				select {
				case <-quit:
					return
				default:
				}
				if n == wanted {
					select {
					case hits <- true:
					case <-quit:
					}
					return
				}
			}
			select {
			case hits <- false:
			case <-quit:
			}
		}()
	}
	for range parts {
		if <-hits {
			close(quit)
			return true
		}
	}
	return false
}
