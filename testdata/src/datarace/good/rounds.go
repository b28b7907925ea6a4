package good

import (
	"io"
	"time"
)

// tee copies what is stored into a cache beside it, and waits for both.
func tee(from io.Reader, store func(io.Reader), cache func(io.Reader)) {
	pr, pw := io.Pipe()
	done := make(chan bool)
	go func() {
		defer pw.Close()
		store(io.TeeReader(from, pw))
		done <- true
	}()
	go func() {
		cache(pr)
		done <- true
	}()
	for range 2 {
		<-done
	}
}

// keep sets what tee's goroutine sets, once tee has returned.
func keep(from io.Reader, put func(io.Reader) (int, error), cache func(io.Reader)) (int, error) {
	var size int
	var err error
	tee(from, func(r io.Reader) { size, err = put(r) }, cache)
	if err != nil {
		return 0, err
	}
	err = closeAll()
	return size, err
}

func closeAll() error { return nil }

// everySecond goes on in a goroutine of its own, with variables of its own,
// when work ends the one that it runs on.
func everySecond(ticks <-chan time.Time, stop chan struct{}, work func()) {
	returned := false
	defer func() {
		if !returned && ticks != nil {
			go everySecond(ticks, stop, work)
		}
	}()
	if ticks == nil {
		ticks = time.Tick(time.Second)
	}
	for {
		select {
		case <-stop:
			returned = true
			return
		case <-ticks:
			work()
		}
	}
}

func runEverySecond(work func()) (stop func()) {
	quit := make(chan struct{})
	go everySecond(nil, quit, work)
	return func() { close(quit) }
}
