package good

import (
	"sync"
	"time"
)

type usage struct{ up, down int64 }

// A panel counts what its users use. One goroutine alone collects it, and tells
// the manager.
type panel struct {
	activeM sync.RWMutex
	active  map[string]*usage
	queueM  sync.Mutex
	queue   map[string]usage
	upload  func(map[string]usage) []string
}

// NewPanel makes one.
func NewPanel(upload func(map[string]usage) []string) *panel {
	p := &panel{active: make(map[string]*usage), queue: make(map[string]usage), upload: upload}
	go p.run()
	return p
}

func (p *panel) run() {
	for {
		time.Sleep(time.Minute)
		p.collect()
		p.commit()
	}
}

// Use notes what somebody has used.
func (p *panel) Use(user string, up, down int64) {
	p.activeM.Lock()
	defer p.activeM.Unlock()
	if p.active[user] == nil {
		p.active[user] = &usage{}
	}
	p.active[user].up += up
	p.active[user].down += down
}

func (p *panel) collect() {
	p.activeM.Lock()
	p.queueM.Lock()
	for name, used := range p.active {
		p.queue[name] = usage{p.queue[name].up + used.up, p.queue[name].down + used.down}
		*used = usage{}
	}
	p.activeM.Unlock()
	p.queueM.Unlock()
}

func (p *panel) commit() {
	p.queueM.Lock()
	defer p.queueM.Unlock()
	for name := range p.queue {
		p.activeM.RLock()
		_, known := p.active[name]
		p.activeM.RUnlock()
		if !known {
			delete(p.queue, name)
		}
	}
	for _, name := range p.upload(p.queue) {
		delete(p.queue, name)
	}
}
