package bad

import (
	"errors"
	"sync"
)

// This file holds counts that don't come out on a path.

type image struct{ layers []string }

type registry struct {
	find func(string) (*image, error)
	pull func(string) (*image, error)
	log  func(string, ...any)
	wg   sync.WaitGroup
	stop chan struct{}
}

// warm has goroutines that give up without a word to the group.
func (r *registry) warm(names ...string) []*image {
	var wg sync.WaitGroup
	wg.Add(len(names))
	images := make([]*image, len(names))
	for i, name := range names {
		go func() {
			img, err := r.find(name)
			if err != nil {
				r.log("%s: %v", name, err)
				return // want `return passes wg.Done by: Wait at paths.go:\d+ waits for ever`
			}
			if len(img.layers) == 0 {
				if img, err = r.pull(name); err != nil {
					return
				}
			}
			images[i] = img
			wg.Done()
		}()
	}
	wg.Wait()
	return images
}

// pullAll counts names that it doesn't find.
func (r *registry) pullAll(names []string) error {
	var failed []error
	var mu sync.Mutex
	wg := sync.WaitGroup{}
	for _, name := range names {
		wg.Add(1) // want `wg.Add counts here also where nothing is started that calls Done: Wait at paths.go:\d+ waits for ever`
		img, err := r.find(name)
		if err != nil {
			r.log("no %s: %v", name, err)
			continue
		}
		go func(img *image) {
			defer wg.Done()
			for _, layer := range img.layers {
				if _, err := r.pull(layer); err != nil {
					mu.Lock()
					failed = append(failed, err)
					mu.Unlock()
				}
			}
		}(img)
	}
	wg.Wait()
	return errors.Join(failed...)
}

// start runs the collector that Close waits for.
func (r *registry) start(first string) {
	r.wg.Add(1)
	go r.collect(first)
}

func (r *registry) collect(first string) {
	select {
	case <-r.stop:
		return // want `return passes r.wg.Done by: Wait at paths.go:\d+ waits for ever`
	default:
	}
	r.log("collecting from %s", first)
	<-r.stop
	r.wg.Done()
}

// Close waits for the collector.
func (r *registry) Close() {
	close(r.stop)
	r.wg.Wait()
}

// poller has goroutines whose deferred Done comes too late for some.
type poller struct {
	jobs    []func() error
	paused  func() bool
	log     func(string, ...any)
	running sync.WaitGroup
}

func (p *poller) poll() {
	for _, job := range p.jobs {
		p.running.Add(1)
		go p.once(job)
	}
	p.running.Wait()
}

func (p *poller) once(job func() error) {
	if p.paused != nil && p.paused() {
		p.log("paused")
		return // want `return passes p.running.Done by: Wait at paths.go:\d+ waits for ever`
	}
	defer p.running.Done()
	if err := job(); err != nil {
		p.log("failed: %v", err)
		return
	}
	p.log("done")
}
