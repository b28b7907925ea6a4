package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"go.lsp.dev/protocol"

	"github.com/goconclint/goconclint/cmd/internal/drive"
)

// A progress tells the editor how far a run has come, once it takes long
// enough to be noticed.
type progress struct {
	updates chan drive.Progress // holds the newest one
	stop    context.CancelFunc
	done    chan struct{} // closed when nothing more is told
}

// progress begins to watch a run, which the user may cancel.
func (s *server) progress(title string, cancel func()) *progress {
	ctx, stop := context.WithCancel(s.ctx)
	p := &progress{updates: make(chan drive.Progress, 1), stop: stop, done: make(chan struct{})}
	if !s.can.progress {
		close(p.done)
		return p
	}
	s.tasks.Go(func() {
		defer close(p.done)
		select {
		case <-ctx.Done():
		case <-time.After(s.opts.Patience):
			s.tell(ctx, title, p.updates, cancel)
		}
	})
	return p
}

// report takes note of how far the run has come. It never waits.
func (p *progress) report(now drive.Progress) {
	select {
	case <-p.updates:
	default:
	}
	select {
	case p.updates <- now:
	default:
	}
}

// end says that the run is over.
func (p *progress) end() {
	p.stop()
	<-p.done
}

// tell shows progress until ctx is done.
func (s *server) tell(ctx context.Context, title string, updates <-chan drive.Progress, cancel func()) {
	token := s.token(cancel)
	defer s.release(token)
	if err := s.client.WorkDoneProgressCreate(ctx, &protocol.WorkDoneProgressCreateParams{Token: protocol.String(token)}); err != nil {
		return
	}
	yes := true
	s.notify(token, protocol.WorkDoneProgressBegin{Kind: "begin", Title: title, Cancellable: &yes})
	defer s.notify(token, protocol.WorkDoneProgressEnd{Kind: "end"})
	for {
		select {
		case <-ctx.Done():
			return
		case p := <-updates:
			percentage := uint32(100 * p.Done / max(p.Total, 1))
			s.notify(token, protocol.WorkDoneProgressReport{Kind: "report", Message: &p.Package, Percentage: &percentage})
		}
	}
}

func (s *server) notify(token string, value any) {
	data, err := json.Marshal(value)
	if err == nil {
		_ = s.client.Progress(s.ctx, &protocol.ProgressParams{Token: protocol.String(token), Value: data})
	}
}

// token returns a new name for a piece of work that cancel ends.
func (s *server) token(cancel func()) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens++
	token := fmt.Sprintf("goconclint-%d", s.tokens)
	s.stops[token] = cancel
	return token
}

func (s *server) release(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.stops, token)
}

// WorkDoneProgressCancel ends work that the user doesn't want to wait for.
func (s *server) WorkDoneProgressCancel(_ context.Context, params *protocol.WorkDoneProgressCancelParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if token, ok := params.Token.(protocol.String); ok && s.stops[string(token)] != nil {
		s.stops[string(token)]()
	}
	return nil
}
