package good

// hook is made and read by tests alone.
var hook chan string

func note(s string) {
	if hook != nil {
		hook <- s
	}
}

// stopper closes what it makes, one function further on.
type stopper struct {
	stop   chan struct{}
	quit   chan struct{}
	Public chan int
	log    chan string
}

func newStopper(quit chan struct{}) *stopper {
	return &stopper{stop: make(chan struct{}), quit: quit, Public: make(chan int), log: make(chan string, 1)}
}

func (s *stopper) run() {
	select {
	case <-s.stop:
	case <-s.quit:
	case <-s.Public:
	}
	select {
	case s.log <- "stopped":
	default:
	}
}

func (s *stopper) Stop() { shut(s.stop) }

func shut(c chan struct{}) { close(c) }

// pair is made without the names of its fields.
type pair struct {
	in, out chan int
}

func newPair(in chan int) pair { return pair{in, make(chan int)} }

func (p pair) run() {
	for n := range p.in {
		p.out <- n
	}
}

func (p pair) sum() (sum int) {
	for n := range p.out {
		sum += n
	}
	return sum
}
