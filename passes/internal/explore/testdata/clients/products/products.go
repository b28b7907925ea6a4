package products

import (
	"sync"
)

// A topic's subscription is closed while the topic, which has looked who is
// there, sends to it.
type Topic struct {
	mu    sync.Mutex
	seats map[*Seat]bool
}

type Seat struct {
	topic *Topic
	mail  chan string
}

func NewTopic() *Topic { return &Topic{seats: make(map[*Seat]bool)} }

func (t *Topic) Join(room int) *Seat {
	s := &Seat{topic: t, mail: make(chan string, room)}
	t.mu.Lock()
	t.seats[s] = true
	t.mu.Unlock()
	return s
}

func (t *Topic) Post(text string) {
	var here []*Seat
	t.mu.Lock()
	for s := range t.seats {
		here = append(here, s)
	}
	t.mu.Unlock()
	for _, s := range here {
		select { // want "sync race"
		case s.mail <- text:
		default:
		}
	}
}

func (s *Seat) Leave() {
	s.topic.mu.Lock()
	defer s.topic.mu.Unlock()
	if s.topic.seats[s] {
		delete(s.topic.seats, s)
		close(s.mail) // want "send on closed"
	}
}

// The same, sent under the lock.
type Forum struct {
	mu     sync.Mutex
	chairs map[*Chair]bool
}

type Chair struct {
	forum *Forum
	mail  chan string
}

func NewForum() *Forum { return &Forum{chairs: make(map[*Chair]bool)} }

func (f *Forum) Join(room int) *Chair {
	c := &Chair{forum: f, mail: make(chan string, room)}
	f.mu.Lock()
	f.chairs[c] = true
	f.mu.Unlock()
	return c
}

func (f *Forum) Post(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for c := range f.chairs {
		select {
		case c.mail <- text:
		default:
		}
	}
}

func (c *Chair) Leave() {
	c.forum.mu.Lock()
	defer c.forum.mu.Unlock()
	if c.forum.chairs[c] {
		delete(c.forum.chairs, c)
		close(c.mail)
	}
}

// A word that refers to itself is looked up inside its own Once.
type Glossary struct {
	mu    sync.Mutex
	words map[string]*Word
	root  string
}

type Word struct {
	in   *Glossary
	name string
	once sync.Once
	text string
}

func NewGlossary(root string) *Glossary {
	return &Glossary{root: root, words: make(map[string]*Word)}
}

func (g *Glossary) Word(name string) *Word {
	g.mu.Lock()
	defer g.mu.Unlock()
	w, ok := g.words[name]
	if !ok {
		w = &Word{in: g, name: name}
		g.words[name] = w
	}
	return w
}

func (w *Word) Text() string {
	w.once.Do(func() { // want "once"
		w.text = w.name + w.in.Word(w.in.root).Text()
	})
	return w.text
}
