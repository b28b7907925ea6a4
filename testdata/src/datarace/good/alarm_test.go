package good

import (
	"sync"
	"testing"
	"time"
)

// A desk keeps leases until they end.
type desk struct {
	mu   sync.Mutex
	open int
}

type lease struct {
	desk  *desk
	timer *time.Timer
}

func (d *desk) leaseUntil(end time.Time) *lease {
	l := &lease{desk: d}
	d.mu.Lock()
	d.open++
	d.mu.Unlock()
	l.timer = time.AfterFunc(time.Until(end), l.close)
	return l
}

func (l *lease) close() {
	l.desk.mu.Lock()
	defer l.desk.mu.Unlock()
	l.timer.Stop()
	l.desk.open--
}

// An hour is longer than the test runs.
func TestLeaseIsOpen(t *testing.T) {
	d := new(desk)
	l := d.leaseUntil(time.Now().Add(time.Hour))
	if d.open != 1 {
		t.Errorf("%d leases, want 1", d.open)
	}
	l.close()
	if d.open != 0 {
		t.Errorf("%d leases left", d.open)
	}
}
