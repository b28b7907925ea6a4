package good

import (
	"io"
	"sync"
)

// tokens asks for a token, for which it makes a call that needs none.
type tokens struct {
	mu    sync.Mutex
	token string
	send  func(params map[string]string) string
}

func (s *tokens) getToken() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token == "" {
		s.token = s.call(map[string]string{"token": "*"})
	}
	return s.token
}

func (s *tokens) call(params map[string]string) string {
	if _, found := params["token"]; !found {
		params["token"] = s.getToken()
	}
	return s.send(params)
}

// handle lets go of its lock while it waits, if it is told to.
type handle struct {
	mu     sync.Mutex
	file   io.ReaderAt
	offset int64
}

func (h *handle) readAt(b []byte, off int64, release bool) (int, error) {
	if release {
		h.mu.Unlock()
	}
	n, err := h.file.ReadAt(b, off)
	if release {
		h.mu.Lock()
	}
	return n, err
}

func (h *handle) ReadAt(b []byte, off int64) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.readAt(b, off, true)
}

func (h *handle) Read(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	n, err := h.readAt(b, h.offset, false)
	h.offset += int64(n)
	return n, err
}
