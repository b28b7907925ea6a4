package top

import (
	"sync"

	"fixtures/lockorder/cross/middle"
)

// clerk's hook is a field that base declares, by which its own method is
// called, which notes what is done.
type clerk struct {
	mu    sync.Mutex
	desk  middle.Desk
	count int
}

func newClerk(log *middle.Log) *clerk {
	c := &clerk{desk: middle.Desk{Log: log}}
	c.desk.Saved = c.noteSaved
	return c
}

func (c *clerk) noteSaved() { c.desk.Log.Note("saved") }

func (c *clerk) save() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.count++
	c.desk.Saved() // want `c.desk.Saved locks c.desk.Log.Journal.mu while c.mu is held, and c.mu at fields.go:\d+ while c.desk.Log.Journal.mu is held: a deadlock`
}

func (c *clerk) reset() {
	c.desk.Log.Lock()
	c.mu.Lock()
	c.count = 0
	c.mu.Unlock()
	c.desk.Log.Unlock()
}

// quiet calls its hook when it has given its lock back.
type quiet struct {
	mu    sync.Mutex
	desk  middle.Desk
	count int
}

func newQuiet(log *middle.Log) *quiet {
	q := &quiet{desk: middle.Desk{Log: log}}
	q.desk.Dropped = q.noteDropped
	return q
}

func (q *quiet) noteDropped() { q.desk.Log.Note("dropped") }

func (q *quiet) drop() {
	q.mu.Lock()
	q.count++
	q.mu.Unlock()
	q.desk.Dropped()
}

func (q *quiet) reset() {
	q.desk.Log.Lock()
	q.mu.Lock()
	q.count = 0
	q.mu.Unlock()
	q.desk.Log.Unlock()
}
