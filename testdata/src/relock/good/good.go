// Package good takes locks once at a time.
package good

import (
	"sync"
	"time"
)

type node struct {
	mu       sync.RWMutex
	parent   *node
	next     *node
	children []*node
	byName   map[string]*node
	size     int
}

func (n *node) Size() int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.size
}

func (n *node) setSize(size int) {
	n.mu.Lock()
	n.size = size
	n.mu.Unlock()
}

// Locks of other objects.
func (n *node) sum() int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	total := n.size
	for _, child := range n.children {
		total += child.Size()
	}
	if n.parent != nil {
		total += n.parent.Size()
	}
	return total
}

func (n *node) walk(visit func(*node)) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	visit(n)
	for _, child := range n.children {
		child.walk(visit)
	}
}

func move(from, to *node) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.size, to.size = to.size, from.size
}

// Hand over hand.
func (n *node) last() *node {
	at := n
	at.mu.RLock()
	for at.next != nil {
		next := at.next
		next.mu.RLock()
		at.mu.RUnlock()
		at = next
	}
	at.mu.RUnlock()
	return at
}

func (n *node) fields() *node {
	n.next.mu.Lock()
	old := n.next
	n.next = &node{}
	n.next.mu.Lock()
	n.next.size = old.size
	n.next.mu.Unlock()
	old.mu.Unlock()
	return old
}

// Released in between.
func (n *node) grow(by int) {
	n.mu.Lock()
	size := n.size + by
	n.mu.Unlock()
	n.setSize(size)
}

// The callee releases before it locks.
func (n *node) pause() {
	n.mu.Unlock()
	time.Sleep(time.Millisecond)
	n.mu.Lock()
}

func (n *node) wait() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for n.size == 0 {
		n.pause()
	}
}

// On another goroutine, and behind the unlock.
func (n *node) notify() {
	n.mu.Lock()
	defer n.mu.Unlock()
	go n.setSize(1)
	time.AfterFunc(time.Second, func() { n.setSize(2) })
}

func (n *node) closing() {
	defer n.Size()
	n.mu.Lock()
	defer n.mu.Unlock()
	n.size = 0
}

func (n *node) early() int {
	n.mu.Lock()
	if n.size == 0 {
		n.mu.Unlock()
		return n.Size()
	}
	defer n.mu.Unlock()
	return n.size
}

// The parameter says that the lock is held.
func (n *node) find(name string, locked bool) *node {
	if !locked {
		n.mu.RLock()
		defer n.mu.RUnlock()
	}
	return n.byName[name]
}

func (n *node) ensure(name string) *node {
	n.mu.Lock()
	defer n.mu.Unlock()
	if found := n.find(name, true); found != nil {
		return found
	}
	n.byName[name] = &node{}
	return n.byName[name]
}

func (n *node) either(locked bool) *node {
	if locked {
		n.mu.Lock()
		defer n.mu.Unlock()
	}
	return n.find("", locked)
}

func (n *node) tries() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.mu.TryLock()
}

// Kept for later.
func (n *node) subscribe(listen *[]func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	*listen = append(*listen, func() { n.setSize(3) })
}

type frozen struct {
	mu   sync.RWMutex
	seen int
}

// Nobody locks for writing, so nobody waits in between.
func (f *frozen) count() int {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.seen
}

func (f *frozen) double() int {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return 2 * f.count()
}

type owned struct {
	depth int
	mu    sync.Mutex
}

// A lock that knows its owner.
func (o *owned) Lock() {
	if o.depth == 0 {
		o.mu.Lock()
	}
	o.depth++
}

func (o *owned) Unlock() {
	o.depth--
	if o.depth == 0 {
		o.mu.Unlock()
	}
}

type loader struct {
	first, second sync.Once
	value         int
}

func (l *loader) load() int {
	l.first.Do(func() {
		l.second.Do(func() { l.value = 1 })
	})
	return l.value
}

type volume struct {
	cloneMu   sync.RWMutex
	crashable bool
	files     map[string]int
}

// Takes the lock unless the field says that it needn't.
func (v *volume) open(name string) int {
	if v.crashable {
		v.cloneMu.RLock()
		defer v.cloneMu.RUnlock()
	}
	return v.files[name]
}

func (v *volume) clear() {
	v.cloneMu.Lock()
	defer v.cloneMu.Unlock()
	if !v.crashable {
		v.files = map[string]int{"": v.open("")}
	}
}

// A literal asks the parameter.
func (v *volume) remove(name string, needLock bool) {
	lock := func() {
		if needLock {
			v.cloneMu.Lock()
		}
	}
	unlock := func() {
		if needLock {
			v.cloneMu.Unlock()
		}
	}
	lock()
	defer unlock()
	delete(v.files, name)
}

func (v *volume) trim() {
	v.cloneMu.Lock()
	defer v.cloneMu.Unlock()
	for name := range v.files {
		v.remove(name, false)
	}
}

// Conditions that lock and unlock, one after the other.
func (v *volume) match(name string, lock bool) int {
	if lock {
		v.cloneMu.RLock()
	}
	n, ok := v.files[name]
	if lock {
		v.cloneMu.RUnlock()
	}
	if ok {
		return n
	}
	if lock {
		v.cloneMu.Lock()
	}
	v.files[name] = 1
	if lock {
		v.cloneMu.Unlock()
	}
	return 1
}

// Gives the lock back to look at it again, in a loop.
func (v *volume) settle(wait func()) bool {
	for range 10 {
		if v.crashable {
			return true
		}
		v.cloneMu.Unlock()
		wait()
		v.cloneMu.Lock()
	}
	return false
}

func (v *volume) current(wait func()) bool {
	v.cloneMu.Lock()
	defer v.cloneMu.Unlock()
	return v.settle(wait)
}

// In recursion a variable of one call isn't that of the other.
func (n *node) names(list []*node) []*node {
	at := n
	for at.parent != nil {
		at.next.mu.Lock()
		list = at.next.names(list)
		at.next.mu.Unlock()
		at = at.parent
	}
	return append(list, at)
}

// The goroutine gives back the lock for which its starter waits.
func waitsForOther(work func()) {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		work()
		mu.Unlock()
	}()
	mu.Lock()
	work()
	mu.Unlock()
}

// It blocks on purpose, until the one who started it gives the lock back.
func blocksOther(blocked func()) {
	var mu sync.Mutex
	go func() {
		mu.Lock()
		mu.Lock()
		mu.Unlock()
	}()
	blocked()
	mu.Unlock()
}

// A session knows its version, and what it doesn't do in the newer one.
type session struct {
	mu      sync.Mutex
	version int
	state   int
}

const newest = 4

func (s *session) run() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.state < 10 {
		s.message()
	}
}

func (s *session) message() {
	if s.version == newest {
		s.state++
		return
	}
	s.renegotiate()
}

func (s *session) renegotiate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state = 0
}

// The read side of a lock goes by the methods Lock and Unlock, too.
func readsTwice(read sync.Locker) {
	read.Lock()
	read.Lock()
	read.Unlock()
	read.Unlock()
}

// What OnceFunc is given runs when its result is called.
type client struct {
	mu    sync.Mutex
	users int
}

func (c *client) acquire() func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.users++
	return sync.OnceFunc(func() {
		c.mu.Lock()
		c.users--
		c.mu.Unlock()
	})
}

// The listener in the options is the caller's, not the one that replaces it.
type options struct{ listener func(int) }

func (c *client) update(n int, listener func(int)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if listener != nil {
		listener(n)
	}
}

func (c *client) wrap(opts options, dial func(options)) {
	old := opts.listener
	opts.listener = func(n int) { c.update(n, old) }
	dial(opts)
}

// A benchmark reads and writes in turn; nobody comes in between.
func inTurn() {
	var rw sync.RWMutex
	rw.RLock()
	rw.RLock()
	rw.RUnlock()
	rw.RUnlock()
	rw.Lock()
	rw.Unlock()
}

// What Once runs gives the lock back, whichever of the two calls runs it.
func (c *client) drop(fail func()) {
	var unlocked sync.Once
	c.mu.Lock()
	defer unlocked.Do(c.mu.Unlock)
	if c.users == 0 {
		unlocked.Do(c.mu.Unlock)
		c.report(fail)
		return
	}
	c.users--
}

func (c *client) report(fail func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fail()
}
