// Package top takes the locks of base in opposite orders, three packages away.
package top

import (
	"sync"

	"fixtures/lockorder/cross/base"
	"fixtures/lockorder/cross/middle"
)

// office locks its own, then the journal's; and the journal's, then its own.
type office struct {
	mu    sync.Mutex
	log   *middle.Log
	count int
}

func (o *office) file(line string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.count++
	o.log.Note(line) // want `o.log.Note locks o.log.Journal.mu while o.mu is held, and o.mu at top.go:27 while o.log.Journal.mu is held: a deadlock`
}

func (o *office) recount() {
	o.log.Lock()
	o.mu.Lock()
	o.count = 0
	o.mu.Unlock()
	o.log.Unlock()
}

// keeper saves, by an interface that one type answers, under its own lock, and
// takes that when the store calls it back.
type keeper struct {
	mu    sync.Mutex
	saver saver
	store *middle.Store
	seen  int
}

type saver interface{ save(item string) }

type diskSaver struct{ store *middle.Store }

func (d *diskSaver) save(item string) { d.store.Save(item) }

func (k *keeper) keep(item string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seen++
	k.saver.save(item) // want `k.saver.save locks .*Items.mu while k.mu is held, and k.mu at top.go:\d+ while .*Items.mu is held: a deadlock`
}

func (k *keeper) visit() {
	k.store.Visit(func(string) {
		k.mu.Lock()
		k.seen--
		k.mu.Unlock()
	})
}

// archive takes both in one order only, or one of them later.
type archive struct {
	mu    sync.Mutex
	log   *middle.Log
	boxes base.Shelf[int]
	n     int
}

func (a *archive) store(line string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.log.Note(line)
	a.boxes.Put(a.n)
}

func (a *archive) count() {
	sum := 0
	a.boxes.Each(func(n int) { sum += n })
	a.mu.Lock()
	a.n = sum
	a.mu.Unlock()
}
