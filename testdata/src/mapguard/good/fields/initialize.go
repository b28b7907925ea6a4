package fields

import "sync"

// A Directory knows who is there. It is a part of others, which initialise it.
type Directory struct {
	sync.RWMutex
	byName map[string]*member
	byKey  map[string]*member
}

type member struct{ name, key string }

// Initialize makes it ready.
func (d *Directory) Initialize() {
	d.byName = make(map[string]*member)
	d.byKey = make(map[string]*member)
}

// Add adds a member.
func (d *Directory) Add(name, key string) {
	d.Lock()
	defer d.Unlock()
	m := &member{name, key}
	d.byName[name] = m
	d.byKey[key] = m
}

// Find finds one.
func (d *Directory) Find(name string) (key string, ok bool) {
	d.RLock()
	defer d.RUnlock()
	m, ok := d.byName[name]
	if !ok {
		return "", false
	}
	return m.key, true
}

// Remove takes one out.
func (d *Directory) Remove(key string) {
	d.Lock()
	defer d.Unlock()
	if m, ok := d.byKey[key]; ok {
		delete(d.byName, m.name)
		delete(d.byKey, key)
	}
}

// A House has one.
type House struct{ directory Directory }

// NewHouse makes a house.
func NewHouse() *House {
	h := new(House)
	h.directory.Initialize()
	return h
}
