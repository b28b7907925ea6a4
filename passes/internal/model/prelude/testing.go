package prelude

// T models testing.T and testing.B: a subtest runs on a goroutine of its
// own; parallel subtests wait until their parent's function has returned
// (testing/testing.go).
//
//model:side testing.T
//model:side testing.B
//model:side testing.common
type T struct {
	parent   *T
	parallel bool
	signal   chan bool // the subtest has ended, or waits to run in parallel
	finished chan bool
	release  chan bool // the function of the test has returned
	waiting  []*T
	cleanups []func()
	context  *cancelContext // canceled before the cleanups
}

func newState(t any) *T {
	s := stateOf(t, (*T)(nil)).(*T)
	s.signal = make(chan bool, 1)
	s.finished = make(chan bool)
	s.release = make(chan bool)
	s.context = derive(&background)
	return s
}

func (t *T) Run(name string, f any) bool {
	sub := like(owner(t))
	s := newState(sub)
	s.parent = t
	go runTest(s, sub, f)
	<-s.signal
	return true
}

func runTest(s *T, t, f any) {
	defer s.end()
	call(f, t)
}

// runEntry is what the machine starts for a test.
func runEntry(t, f any) {
	s := newState(t)
	defer s.end()
	call(f, t)
}

func (t *T) end() {
	if len(t.waiting) > 0 {
		close(t.release)
		for _, s := range t.waiting {
			<-s.finished
		}
	}
	t.context.cancel(canceled(), nil)
	for i := len(t.cleanups) - 1; i >= 0; i-- {
		t.cleanups[i]()
	}
	close(t.finished)
	if !t.parallel {
		t.signal <- true
	}
}

func (t *T) Parallel() {
	if t.parent == nil || t.parallel {
		return
	}
	t.parallel = true
	if t.parent.release == nil { // the parent is a test of somebody else's
		t.parent.release = make(chan bool)
		foreign(t.parent.release)
	}
	t.parent.waiting = append(t.parent.waiting, t)
	t.signal <- true
	<-t.parent.release
}

func (t *T) Context() Context { return t.context }

func (t *T) Cleanup(f func()) { t.cleanups = append(t.cleanups, f) }

// What goroutines do once their test has failed matters to nobody.

func (t *T) FailNow()                          { failed(); goexit() }
func (t *T) Fatal(args ...any)                 { failed(); formatAll(nil, args); goexit() }
func (t *T) Fatalf(format string, args ...any) { failed(); formatAll(format, args); goexit() }
func (t *T) SkipNow()                          { goexit() }
func (t *T) Skip(args ...any)                  { goexit() }
func (t *T) Skipf(format string, args ...any)  { goexit() }
func (t *T) Log(args ...any)                   { formatAll(nil, args) }
func (t *T) Logf(format string, args ...any)   { formatAll(format, args) }
func (t *T) Error(args ...any)                 { failed(); formatAll(nil, args) }
func (t *T) Errorf(format string, args ...any) { failed(); formatAll(format, args) }
func (t *T) Fail()                             { failed() }

// RunParallel runs the body on several goroutines; two show what many do.
func (t *T) RunParallel(body any) {
	ended := make(chan bool, 2)
	for range 2 {
		go func() {
			defer func() { ended <- true }()
			callUnknown(body)
		}()
	}
	<-ended
	<-ended
}

// bubbleTest runs a test of its own, and waits for the goroutines that it has
// started.
//
//model:func testing/synctest.Test
func bubbleTest(t, f any) {
	bubble(true)
	defer bubble(false)
	inner := like(t)
	s := newState(inner)
	defer settle()
	runTest(s, inner, f)
}

//model:func testing/synctest.Run
func bubbleRun(f any) {
	bubble(true)
	defer bubble(false)
	call(f)
}

//model:func testing/synctest.Wait
func bubbleWait() { settle() }
