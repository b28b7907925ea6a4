package bad

import (
	"encoding/json"
	"io"
	"time"
)

// An event belongs to the journal once it is added, and is encoded there.
type event struct {
	Name string            `json:"name"`
	Took time.Duration     `json:"took"`
	Tags map[string]string `json:"tags,omitempty"`
	at   time.Time
}

type journal struct {
	out    io.Writer
	events chan *event
	done   chan struct{}
}

func newJournal(out io.Writer) *journal {
	j := &journal{out: out, events: make(chan *event, 4), done: make(chan struct{})}
	go j.write()
	return j
}

func (j *journal) write() {
	defer close(j.done)
	enc := json.NewEncoder(j.out)
	for e := range j.events {
		_ = enc.Encode(e)
	}
}

func logged(out io.Writer, name string, f func() error) {
	j := newJournal(out)
	e := &event{Name: name, at: time.Now()}
	err := f()
	j.events <- e
	if err != nil {
		e.Name += ": " + err.Error() // want `e\.Name is written here while the goroutine started at encoded\.go:\d+ reads it at encoded\.go:\d+`
	}
	close(j.events)
	<-j.done
}
