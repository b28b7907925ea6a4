package good

import "sync/atomic"

// A Fetcher fetches pieces, one after the other. How far it is others ask.
type Fetcher struct {
	current uint32
	end     uint32
	pieces  [][]byte
	done    chan struct{}
}

// NewFetcher makes one.
func NewFetcher(pieces [][]byte, begin, end uint32) *Fetcher {
	return &Fetcher{current: begin, end: end, pieces: pieces, done: make(chan struct{})}
}

func (f *Fetcher) step() uint32 { return atomic.AddUint32(&f.current, 1) }

// Current returns how far it is.
func (f *Fetcher) Current() uint32 { return atomic.LoadUint32(&f.current) }

// Run fetches them.
func (f *Fetcher) Run(fetch func([]byte) error) error {
	defer close(f.done)
	buf := make([]byte, len(f.pieces[f.current]))
	complete := func() bool {
		if f.current >= f.end-1 {
			return true
		}
		f.step()
		buf = make([]byte, len(f.pieces[f.current]))
		return false
	}
	for {
		if err := fetch(buf); err != nil {
			return err
		}
		if complete() {
			return nil
		}
	}
}
