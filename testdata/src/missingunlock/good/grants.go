package good

import (
	"errors"
	"sync"
)

var errNone = errors.New("none")

type seat struct {
	mu    sync.Mutex
	taken bool
	by    string
}

type hall struct {
	mu    sync.Mutex
	seats map[int]*seat
	log   func(*seat)
}

// seat returns the seat locked, or nil.
func (h *hall) seat(n int) *seat {
	h.mu.Lock()
	s := h.seats[n]
	h.mu.Unlock()
	if s == nil {
		return nil
	}
	s.mu.Lock()
	return s
}

// Nothing is locked where nothing was found.
func (h *hall) book(n int, by string) error {
	s := h.seat(n)
	if s == nil {
		return errNone
	}
	if s.taken {
		s.mu.Unlock()
		return errors.New("taken by " + s.by)
	}
	s.taken, s.by = true, by
	s.mu.Unlock()
	return nil
}

func (h *hall) isTaken(n int) bool {
	if s := h.seat(n); s != nil {
		defer s.mu.Unlock()
		return s.taken
	}
	return false
}

// firstOf hands the locked seat on.
func (h *hall) firstOf(numbers ...int) *seat {
	for _, n := range numbers {
		s := h.seat(n)
		if s == nil {
			continue
		}
		if !s.taken {
			return s
		}
		s.mu.Unlock()
	}
	return nil
}

// must looks for the seat without a word about what isn't there.
func (h *hall) must(n int) string {
	s := h.seat(n)
	defer s.mu.Unlock()
	return s.by
}

// reserve returns the seat locked if it is free, and whether there is one.
func (h *hall) reserve(n int) (s *seat, ok bool) {
	s = h.seat(n)
	if s == nil {
		return nil, false
	}
	if s.taken {
		s.mu.Unlock()
		return nil, false
	}
	return s, true
}

func (h *hall) take(n int, by string) bool {
	s, ok := h.reserve(n)
	if !ok {
		return false
	}
	defer s.mu.Unlock()
	s.taken, s.by = true, by
	return true
}

// move keeps a list of locked seats until all are there.
func (h *hall) move(numbers []int, by string) error {
	var got []*seat
	defer func() {
		for _, s := range got {
			s.mu.Unlock()
		}
	}()
	for _, n := range numbers {
		s, ok := h.reserve(n)
		if !ok {
			return errNone
		}
		got = append(got, s)
	}
	for _, s := range got {
		s.taken, s.by = true, by
	}
	return nil
}

// free gives the lock back however it ends.
func (h *hall) free(n int) (*seat, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.seats[n]
	if s == nil {
		return nil, errNone
	}
	return s, nil
}

func (h *hall) describe(n int, short bool) (string, error) {
	if short {
		h.mu.Lock()
		known := h.seats[n] != nil
		h.mu.Unlock()
		if !known {
			return "", errNone
		}
		return "seat", nil
	}
	s, err := h.free(n)
	if err != nil {
		return "", err
	}
	return s.by, nil
}
