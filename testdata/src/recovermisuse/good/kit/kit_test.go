package kit

import "testing"

func try(t *testing.T, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			t.Log(r)
		}
	}()
	return f()
}

func TestPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	_ = try(t, func() error { return nil })
	panic("wanted")
}
