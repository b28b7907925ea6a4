package good

import (
	"encoding/json"
	"io"
	"sync"
)

// A record's unexported part isn't encoded, nor what its tag leaves out.
type record struct {
	Name  string `json:"name"`
	Notes string `json:"-"`
	tries int
}

func encoded(out io.Writer, names []string) {
	records := make(chan *record)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		enc := json.NewEncoder(out)
		for r := range records {
			_ = enc.Encode(r)
		}
	}()
	for _, name := range names {
		r := &record{Name: name}
		records <- r
		r.tries++
		r.Notes = "sent"
	}
	close(records)
	wg.Wait()
}

// A gauge encodes itself, under its lock.
type gauge struct {
	mu    sync.Mutex
	Value int
}

func (g *gauge) MarshalJSON() ([]byte, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return json.Marshal(g.Value)
}

func watched(values []int) ([]byte, error) {
	g := &gauge{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, v := range values {
			g.mu.Lock()
			g.Value = v
			g.mu.Unlock()
		}
	}()
	b, err := json.Marshal(g)
	<-done
	return b, err
}
