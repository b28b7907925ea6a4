package bad

import (
	"context"
	"sync"
	"time"
)

// This file holds what goroutines do that are started elsewhere than in the
// function whose variables they use.

type parcel struct {
	zone string
	name string
}

type depot struct {
	deliver func(parcel) error
	find    func(ctx context.Context, name string) (parcel, bool, error)
	log     func(string, ...any)
}

// eachZone works on the parcels of a zone at once, one zone after the other.
func eachZone(parcels []parcel, work func(parcel) error) error {
	if len(parcels) == 0 {
		return nil
	}
	failed := make(chan error)
	go startZones(parcels, work, failed)
	var last error
	for range parcels {
		if err := <-failed; err != nil {
			last = err
		}
	}
	return last
}

func startZones(parcels []parcel, work func(parcel) error, failed chan<- error) {
	var zone string
	var wg sync.WaitGroup
	for _, p := range parcels {
		if p.zone != zone {
			wg.Wait()
			zone = p.zone
		}
		wg.Add(1)
		go func(p parcel) {
			failed <- work(p)
			wg.Done()
		}(p)
	}
}

// DeliverAll collects what failed in a function that runs for all parcels of
// a zone at the same time.
func (d *depot) DeliverAll(parcels []parcel) (lost []string, err error) {
	var late []parcel
	err = eachZone(parcels, func(p parcel) error {
		d.log("delivering %s", p.name)
		if err := d.deliver(p); err != nil {
			late = append(late, p) // want `late is written here by all goroutines started at deep.go:\d+, at the same time`
		}
		return nil
	})
	for _, p := range late {
		lost = append(lost, p.name)
	}
	return lost, err
}

// watch asks for a parcel until a timer gives up for it.
func (d *depot) watch(ctx context.Context, name string, patience time.Duration) (parcel, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var gaveUp error
	if patience > 0 {
		timer := time.AfterFunc(patience, func() {
			gaveUp = context.DeadlineExceeded // want `gaveUp is written here while the function that started this goroutine reads it at deep.go:\d+`
			cancel()
		})
		defer timer.Stop()
	}
	for tries := 0; ; tries++ {
		found, ok, err := d.find(ctx, name)
		if ok {
			return found, nil
		}
		if err != nil {
			break
		}
		d.log("try %d: no %s", tries, name)
	}
	if gaveUp != nil {
		return parcel{}, gaveUp
	}
	return parcel{}, ctx.Err()
}
