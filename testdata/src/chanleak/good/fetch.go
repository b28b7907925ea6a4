package good

import "context"

type fetched struct {
	n   int
	err error
}

type fetcher struct {
	cancelled chan int
	finished  chan int
	load      func(ctx context.Context) (int, error)
}

// run fetches again and again, one after the other.
func (f *fetcher) run(ctx context.Context, ticks <-chan struct{}) {
	results := make(chan fetched)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			f.once(ctx, results)
			select {
			case <-ctx.Done():
				return
			default:
			}
		case <-f.finished:
		}
	}
}

// once waits for the result, whatever else comes.
func (f *fetcher) once(ctx context.Context, results chan fetched) int {
	go f.fetch(ctx, results)
	for {
		select {
		case r := <-results:
			return r.n
		case <-f.finished:
		case <-f.cancelled:
		}
	}
}

func (f *fetcher) fetch(ctx context.Context, results chan<- fetched) {
	n, err := f.load(ctx)
	if err != nil {
		results <- fetched{err: err}
		return
	}
	results <- fetched{n: n}
}
