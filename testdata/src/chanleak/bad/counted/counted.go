// Package counted holds goroutines that owe one value each to whoever starts them.
package counted

import (
	"context"
	"errors"
	"strings"
	"sync"
)

// This file holds goroutines that owe one value each to whoever starts them,
// and ways on which they forget it.

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

type prober struct {
	probes []probe
	known  map[string]bool
}

// The function that the goroutines run returns early.
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
	if p.known[one.host] {
		out <- verdict{host: one.host}
		return
	}
	err := one.check(ctx, one.host)
	if errors.Is(err, errSkip) {
		return // want `return says nothing on out, as other paths do: who waits for it at counted.go:\d+ waits for ever`
	}
	out <- verdict{one.host, err}
}

// So does a literal, by what it calls; the others are counted by hand.
func (p *prober) countDown(ctx context.Context) (failed int) {
	errs, started := make(chan error), 0
	for _, one := range p.probes {
		if !one.enabled {
			continue
		}
		started++
		go func() {
			p.report(ctx, one, errs)
		}()
	}
	for i := 0; i < started; i++ {
		if err := <-errs; err != nil {
			failed++
		}
	}
	return failed
}

func (p *prober) report(ctx context.Context, one probe, errs chan<- error) {
	switch err := one.check(ctx, one.host); {
	case err == nil:
		errs <- nil
	case strings.HasPrefix(one.host, "test."):
		return // want `return says nothing on errs`
	default:
		errs <- err
	}
}

// Each round starts one and waits for one, whatever comes of it.
func (p *prober) alive(ctx context.Context) (hosts []string) {
	up := make(chan string)
	for _, one := range p.probes {
		go func() {
			if err := one.check(ctx, one.host); err == nil {
				up <- one.host
			}
		}() // want `the end of the function says nothing on up, as other paths do`
	}
	for range p.probes {
		hosts = append(hosts, <-up)
	}
	return hosts
}

// One goroutine, one value, started by a WaitGroup.
func first(lines []string, wanted func(string) bool) string {
	var wg sync.WaitGroup
	found := make(chan string, 1)
	wg.Go(func() {
		for _, line := range lines {
			if wanted(line) {
				found <- line
				return
			}
		}
	}) // want `the end of the function says nothing on found`
	line := <-found
	wg.Wait()
	return line
}

// Two goroutines, two channels.
func both[T any](a, b func() (T, error)) (x, y T) {
	left, right := make(chan T), make(chan T)
	go func() {
		v, err := a()
		if err != nil {
			return // want `return says nothing on left`
		}
		left <- v
	}()
	go func() {
		v, _ := b()
		right <- v
	}()
	return <-left, <-right
}

// To close says something as well.
func (p *prober) warmUp(ctx context.Context, one probe) {
	ready := make(chan struct{})
	go func() {
		if err := one.check(ctx, one.host); err != nil {
			return // want `return says nothing on ready, as other paths do`
		}
		close(ready)
	}()
	<-ready
}

// Workers owe a verdict for each job.
func (p *prober) spread(ctx context.Context) []verdict {
	jobs := make(chan probe)
	verdicts := make(chan verdict, 4)
	for range 4 {
		go work(ctx, jobs, verdicts)
	}
	go func() {
		defer close(jobs)
		for _, one := range p.probes {
			jobs <- one
		}
	}()
	all := make([]verdict, 0, len(p.probes))
	for range p.probes {
		all = append(all, <-verdicts)
	}
	return all
}

func work(ctx context.Context, jobs <-chan probe, out chan<- verdict) {
	for one := range jobs {
		if !one.enabled {
			continue // want `continue says nothing on out, as other paths do: who waits for it at counted.go:\d+ waits for ever`
		}
		out <- verdict{one.host, one.check(ctx, one.host)}
	}
}
