package prelude

// Timer models time.Timer, whose channel is its first field too. A timer is
// a goroutine of the models that sleeps.
//
//model:type time.Timer
type Timer struct {
	C     chan int
	f     func()
	round int
	armed bool
}

//model:func time.NewTimer
func newTimer(d int64) *Timer {
	t := &Timer{C: make(chan int, 1)}
	t.arm(d)
	return t
}

//model:func time.AfterFunc
func afterFunc(d int64, f func()) *Timer {
	t := &Timer{f: f}
	t.arm(d)
	return t
}

//model:func time.After
func after(d int64) chan int { return newTimer(d).C }

func (t *Timer) arm(d int64) {
	t.round++
	t.armed = true
	round := t.round
	start := daemon
	if t.f == nil {
		start = timer
	}
	start(func() {
		sleep(d)
		t.fire(round)
	})
}

func (t *Timer) fire(round int) {
	if t.round != round || !t.armed {
		return
	}
	t.armed = false
	if t.f != nil {
		go t.f()
		return
	}
	offer(t.C, unknown())
}

func (t *Timer) Stop() bool {
	was := t.armed
	t.armed = false
	return t.takeBack() || was
}

func (t *Timer) Reset(d int64) bool {
	was := t.armed
	taken := t.takeBack()
	t.arm(d)
	return taken || was
}

// takeBack removes a value that was sent and not received: since Go 1.23
// nothing stale is received after Stop and Reset, and a timer whose value was
// taken back counts as stopped (time/sleep.go). Before, the value stays.
func (t *Timer) takeBack() bool {
	return t.C != nil && goVersion() >= 23 && drain(t.C)
}

// Ticker models time.Ticker.
//
//model:type time.Ticker
type Ticker struct {
	C     chan int
	round int
}

//model:func time.NewTicker
func newTicker(d int64) *Ticker {
	t := &Ticker{C: make(chan int, 1)}
	t.run(d)
	return t
}

//model:func time.Tick
func tick(d int64) chan int { return newTicker(d).C }

func (t *Ticker) run(d int64) {
	t.round++
	round := t.round
	timer(func() {
		for {
			sleep(d)
			if t.round != round {
				return
			}
			offer(t.C, unknown())
		}
	})
}

func (t *Ticker) Stop()         { t.round++ }
func (t *Ticker) Reset(d int64) { t.run(d) }
