package good

import "sync/atomic"

// A Heap of bytes grows by whoever owns it; it is NOT thread-safe. Its size
// is read atomically, for statistics alone.
type Heap struct {
	bytes []byte
	size  uint64
}

func (h *Heap) Size() int { return int(atomic.LoadUint64(&h.size)) }

func (h *Heap) Truncate(n int) { h.size = uint64(n) }

func (h *Heap) Grow(n int) {
	h.bytes = append(h.bytes, make([]byte, n)...)
	h.size += uint64(n)
}

// A sample is taken while many look at it; it is flushed when nobody does any
// more, as its name says.
type sample struct{ value int64 }

func (s *sample) add(n int64) { atomic.AddInt64(&s.value, n) }

func (s *sample) flushUnsafe() int64 { return s.value }

// A Recorder takes the samples of a round away before it flushes them.
type Recorder struct {
	samples chan *sample
	done    chan struct{}
}

func (r *Recorder) Start() {
	go func() {
		for s := range r.samples {
			s.add(1)
		}
	}()
}

func (r *Recorder) Flush(round []*sample) (sum int64) {
	for _, s := range round {
		sum += s.flushUnsafe()
	}
	return sum
}

// A Session gets its last wish as a whole before its flag is set; others look
// at the flag later.
type Session struct {
	id   string
	wish wish
}

type wish struct {
	text string
	flag uint32
}

func (s *Session) Parse(text string) {
	if text != "" {
		s.wish = wish{text: text}
		s.wish.flag = 1
	}
}

func (s *Session) Fulfil() bool { return atomic.CompareAndSwapUint32(&s.wish.flag, 1, 0) }
