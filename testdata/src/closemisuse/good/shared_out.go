package good

import "sync"

type operation interface {
	Target() int
	Run() error
}

// A script's operations are shared out among workers by what they work on;
// each has a channel to be closed when it is done.
type script struct {
	operations []operation
	finished   []chan struct{}
}

func (s *script) run(workers int) {
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i, op := range s.operations {
				if op.Target()%workers != w {
					continue
				}
				_ = op.Run()
				if done := s.finished[i]; done != nil {
					close(done)
				}
			}
		})
	}
	wg.Wait()
}
