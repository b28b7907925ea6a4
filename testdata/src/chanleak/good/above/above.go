// Package above answers a request, where something fails, in the function that
// has received it.
package above

import (
	"context"
	"errors"
	"net/http"
)

type offer struct {
	sdp string
	res chan answer
}

type answer struct {
	sdp    string
	status int
	err    error
}

var errTerminated = errors.New("terminated")

type session struct {
	ctx     context.Context
	publish bool
	offers  chan offer
	open    func(sdp string) (string, error)
	check   func(sdp string) error
}

func newSession(ctx context.Context, publish bool, open func(string) (string, error), check func(string) error) *session {
	s := &session{ctx: ctx, publish: publish, offers: make(chan offer), open: open, check: check}
	go func() { _ = s.run() }()
	return s
}

// Ask waits for the session's answer.
func (s *session) Ask(sdp string) answer {
	o := offer{sdp: sdp, res: make(chan answer)}
	select {
	case s.offers <- o:
		return <-o.res
	case <-s.ctx.Done():
		return answer{err: errTerminated, status: http.StatusInternalServerError}
	}
}

func (s *session) run() error {
	var o offer
	select {
	case o = <-s.offers:
	case <-s.ctx.Done():
		return errTerminated
	}
	status, err := s.runEither(&o)
	if status != 0 {
		o.res <- answer{status: status, err: err}
	}
	return err
}

func (s *session) runEither(o *offer) (int, error) {
	if s.publish {
		return s.runPublish(o)
	}
	return s.runRead(o)
}

func (s *session) runPublish(o *offer) (int, error) {
	if err := s.check(o.sdp); err != nil {
		return http.StatusBadRequest, err
	}
	sdp, err := s.open(o.sdp)
	if err != nil {
		return http.StatusInternalServerError, err
	}
	o.res <- answer{sdp: sdp}
	<-s.ctx.Done()
	return 0, errTerminated
}

func (s *session) runRead(o *offer) (int, error) {
	sdp, err := s.open(o.sdp)
	if err != nil {
		return http.StatusNotFound, err
	}
	o.res <- answer{sdp: sdp}
	<-s.ctx.Done()
	return 0, errTerminated
}

// Serve makes a session for each request and asks it.
func Serve(ctx context.Context, open func(string) (string, error), check func(string) error, sdp string) (string, error) {
	a := newSession(ctx, sdp != "", open, check).Ask(sdp)
	return a.sdp, a.err
}
