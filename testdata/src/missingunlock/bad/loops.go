package bad

import "sync"

type worker struct {
	mu   sync.Mutex
	done bool
	jobs []func() error
}

func (w *worker) drain() {
	for {
		w.mu.Lock()
		if w.done {
			w.mu.Unlock()
			return
		}
		if len(w.jobs) == 0 {
			continue // want `continue leaves w.mu locked: the next iteration waits for it \(locked at line 13\)`
		}
		job := w.jobs[0]
		w.jobs = w.jobs[1:]
		w.mu.Unlock()
		_ = job()
	}
}

func (w *worker) first() error {
	for i := range w.jobs {
		w.mu.Lock() // want `w.mu is locked here and released on some paths only`
		if w.done {
			break
		}
		job := w.jobs[i]
		w.mu.Unlock()
		if err := job(); err != nil {
			return err
		}
	}
	return nil
}

type account struct {
	mu      sync.Mutex
	balance int
	frozen  bool
}

func interest(accounts []*account) {
	for _, a := range accounts {
		a.mu.Lock()
		if a.frozen {
			continue // want `continue leaves a.mu locked: other iterations release it`
		}
		a.balance += a.balance / 50
		a.mu.Unlock()
	}
}

// serve leaves the lock behind in an iteration: that it may be the last one
// is no second mistake.
func (w *worker) serve(input chan func() error, ready func() bool) {
	for job := range input {
		w.mu.Lock()
		if !ready() {
			continue // want `continue leaves w.mu locked`
		}
		w.jobs = append(w.jobs, job)
		w.mu.Unlock()
	}
	w.finish()
}

func (w *worker) finish() {}

// shift is a change of an account that is made later.
type shift struct {
	of     *account
	amount int
}

// plan keeps accounts, which it has unlocked by then.
func plan(accounts []*account, limit int) []shift {
	var shifts []shift
	for _, a := range accounts {
		a.mu.Lock()
		surplus := a.balance - limit
		if surplus <= 0 {
			a.mu.Unlock()
			continue
		}
		if a.frozen {
			continue // want `continue leaves a.mu locked: other iterations release it`
		}
		a.mu.Unlock()
		shifts = append(shifts, shift{of: a, amount: surplus})
	}
	return shifts
}
