package bad

import (
	"context"
	"errors"
	"sync"
	"time"
)

type vote struct {
	term      uint64
	candidate string
}

// An elector waits for heartbeats and asks its peers for their votes when none
// come. Others ask it meanwhile.
type elector struct {
	id    string
	heard chan struct{}
	ask   func(ctx context.Context, peer string, v vote) (bool, error)
	peers []string

	mu     sync.Mutex
	term   uint64
	leader string
	voted  string
}

func (e *elector) HandleVote(v vote) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if v.term > e.term {
		e.term, e.voted = v.term, ""
	}
	if v.term < e.term || e.voted != "" && e.voted != v.candidate {
		return false
	}
	e.voted = v.candidate
	return true
}

func (e *elector) HandleHeartbeat(term uint64, leader string) {
	e.mu.Lock()
	if term >= e.term {
		e.term, e.leader = term, leader
	}
	e.mu.Unlock()
	select {
	case e.heard <- struct{}{}:
	default:
	}
}

// Run waits before each campaign, but that others vote meanwhile it knows: it
// locks for that.
func (e *elector) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-e.heard:
		case <-time.After(time.Second):
			if err := e.campaign(ctx); err != nil {
				return err
			}
		}
	}
}

func (e *elector) campaign(ctx context.Context) error {
	e.mu.Lock()
	if e.leader == e.id {
		e.mu.Unlock()
		return nil
	}
	e.term++
	e.voted = e.id
	e.mu.Unlock()

	v := vote{term: e.term, candidate: e.id} // want `e.term is read after e.mu was released: \d of \d uses hold it`
	votes := 1
	for _, peer := range e.peers {
		if ok, err := e.ask(ctx, peer, v); err == nil && ok {
			votes++
		}
	}
	if votes <= len(e.peers)/2 {
		return errors.New("not elected")
	}
	return nil
}
