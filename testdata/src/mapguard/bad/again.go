package bad

import (
	"context"
	"sync"
)

// A visit follows links: each page is loaded by a goroutine that visits the
// pages it links to, of which several run at the same time.
type visit struct {
	slots chan struct{}
	load  func(context.Context, string) ([]string, error)
	wg    sync.WaitGroup

	mu    sync.Mutex
	seen  map[string]bool
	links map[string][]string
	errs  []error
}

func (v *visit) claim(name string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.seen[name] {
		return false
	}
	v.seen[name] = true
	return true
}

func (v *visit) fail(err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.errs = append(v.errs, err)
}

func (v *visit) page(ctx context.Context, name string) {
	if !v.claim(name) {
		return
	}
	v.wg.Add(1)
	go func() {
		defer v.wg.Done()
		v.slots <- struct{}{} // several have room
		next, err := v.load(ctx, name)
		<-v.slots
		if err != nil {
			v.fail(err)
			return
		}
		v.links[name] = next // want `map v.links is written by all goroutines that again.go:\d+ starts, at the same time and without a lock`
		for _, link := range next {
			v.page(ctx, link)
		}
	}()
}

func Links(ctx context.Context, root string, parallel int, load func(context.Context, string) ([]string, error)) (map[string][]string, []error) {
	v := &visit{
		slots: make(chan struct{}, parallel),
		load:  load,
		seen:  make(map[string]bool),
		links: make(map[string][]string),
	}
	v.page(ctx, root)
	v.wg.Wait()
	return v.links, v.errs
}
