package good

// A trial runs one function on goroutines of its own, and waits for each: the
// first try, and then the rest.
type trial struct {
	run    func(n int) bool
	tries  int
	failed bool
	done   chan bool
}

func newTrial(run func(int) bool) *trial { return &trial{run: run, done: make(chan bool)} }

func (t *trial) first() bool {
	go func() {
		defer func() { t.done <- true }()
		t.try(1)
	}()
	<-t.done
	return !t.failed
}

func (t *trial) try(n int) {
	t.tries = n
	t.failed = !t.run(n)
}

func (t *trial) rest() int {
	go t.launch()
	<-t.done
	return t.tries
}

func (t *trial) launch() {
	defer func() { t.done <- true }()
	for n := 2; !t.failed && n < 1000; n *= 2 {
		t.try(n)
	}
}

// Run tries until it fails.
func Run(run func(n int) bool) int {
	t := newTrial(run)
	if !t.first() {
		return 1
	}
	return t.rest()
}
