package programs

import (
	"context"
	"sync"
)

func SenderLeft(fail bool) {
	ch := make(chan int)
	go func() {
		ch <- 1 // want "send"
	}()
	if fail {
		return
	}
	<-ch
}

func BufferedIsFine(fail bool) {
	ch := make(chan int, 1)
	go func() { ch <- 1 }()
	if fail {
		return
	}
	<-ch
}

func SameConditionIsFine(x bool) {
	ch := make(chan int)
	if x {
		go func() { ch <- 1 }()
	}
	if x {
		<-ch
	}
}

func NeverClosed(items []int) {
	ch := make(chan int)
	go func() {
		for range ch { // want "never closed"
		}
	}()
	for _, x := range items {
		ch <- x
	}
}

func DoubleClose() {
	ch := make(chan int)
	go close(ch)
	close(ch) // want "double close"
}

func ContextEnds() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { <-ctx.Done() }()
}

func ContextNeverEnds() {
	ctx, _ := context.WithCancel(context.Background())
	go func() {
		<-ctx.Done() // want "receive"
	}()
}

func WorkersOfUnknownNumber(n int) {
	ch := make(chan int)
	for i := 0; i < n; i++ {
		go func() { ch <- i }()
	}
	for i := 0; i < n; i++ {
		<-ch
	}
}

// Whoever receives the channel receives from it.
func Queue(output chan chan int) {
	c := make(chan int)
	output <- c
	c <- 1
}

// A context that is done has an error.
func Tokens(ctx context.Context) error {
	n := 0
	token := make(chan bool, 1)
	token <- true
	lock := func() error {
		select {
		case <-token:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	go func() {
		if lock() == nil {
			n++
			token <- true
		}
	}()
	if err := lock(); err != nil {
		return err
	}
	n++
	token <- true
	return nil
}

// However much fits, the value is written before the end is seen.
func UnknownRoom(n int, next func() (int, error)) (int, error) {
	type feed struct {
		rows chan int
		err  error
	}
	f := &feed{rows: make(chan int, n)}
	go func() {
		for {
			v, err := next()
			if err != nil {
				f.err = err
				break
			}
			f.rows <- v
		}
		close(f.rows)
	}()
	sum := 0
	for v := range f.rows {
		sum += v
	}
	return sum, f.err
}

// The room is as unknown as the number of senders.
func EnoughRoom(n int, work func(int) int, quick func(int) bool) int {
	results := make(chan int, n)
	for i := range n {
		go func() { results <- work(i) }()
	}
	for range n {
		if v := <-results; quick(v) {
			return v
		}
	}
	return 0
}

type stage interface{ Name() string }

// The goroutines share the stages out by their names.
func ByName(stages []stage, done map[int]chan bool, share func(string) int) {
	var wg sync.WaitGroup
	for mine := range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i, s := range stages {
				if share(s.Name()) != mine {
					continue
				}
				if ch := done[i]; ch != nil {
					close(ch)
				}
			}
		}()
	}
	wg.Wait()
}
