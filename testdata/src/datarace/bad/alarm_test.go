package bad

import (
	"testing"
	"time"
)

type lease struct {
	expired bool
	timer   *time.Timer
}

func newLease(d time.Duration) *lease {
	l := new(lease)
	l.timer = time.AfterFunc(d, func() { l.expired = true }) // want `l.expired is written here while the function that started this goroutine reads it at alarm_test.go:22`
	return l
}

func TestLeaseExpires(t *testing.T) {
	l := newLease(time.Millisecond)
	time.Sleep(20 * time.Millisecond)
	if !l.expired {
		t.Error("not expired")
	}
}
