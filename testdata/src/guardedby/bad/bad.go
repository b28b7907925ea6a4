// Package bad uses guarded variables without their lock.
package bad

import (
	"net/http"
	"sync"
	"time"
)

type Account struct {
	mu      sync.Mutex
	balance int
	owner   string
	history []int
}

func NewAccount(owner string) *Account {
	a := &Account{owner: owner}
	a.balance = 100
	return a
}

func (a *Account) Deposit(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += n
	a.history = append(a.history, n)
}

func (a *Account) Withdraw(n int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.balance < n {
		return false
	}
	a.balance -= n
	a.history = append(a.history, -n)
	return true
}

func (a *Account) Clear() {
	a.mu.Lock()
	a.balance = 0
	a.history = nil
	a.mu.Unlock()
	a.history = make([]int, 0, 10) // want `a.history is written after a.mu was released: 5 of 6 uses hold it`
}

func (a *Account) Balance() int {
	return a.balance // want `a.balance is read without a.mu: 4 of 5 uses hold it`
}

// Server guards its state with a lock beside it, and reads it in a handler.
type Server struct {
	mu    sync.RWMutex
	state status
}

type status struct {
	started time.Time
	hits    int
	open    bool
}

func (s *Server) open(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.started = at
	s.state.open = true
}

func (s *Server) Open() { s.open(time.Now()) }

func (s *Server) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.open = false
}

func (s *Server) Ready() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.state.open
}

func (s *Server) Toggle() {
	s.mu.Lock()
	s.state.open = !s.state.open
	s.mu.Unlock()
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.state.open { // want `s.state.open is read without s.mu: 5 of 6 uses hold it`
		http.Error(w, "closed", http.StatusServiceUnavailable)
	}
}

// A comment is enough.
type Config struct {
	mu   sync.Mutex
	name string // guarded by mu
}

func (c *Config) SetName(name string) {
	c.mu.Lock()
	c.name = name
	c.mu.Unlock()
}

func (c *Config) Name() string {
	return c.name // want `c.name is read without c.mu: its comment says that it guards it`
}

type Counter struct {
	mu    sync.Mutex // protects total, last
	total int
	last  string
}

func (c *Counter) Add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total++
	c.last = name
}

func (c *Counter) Reset() {
	c.total = 0 // want `c.total is written without c.mu: its comment says that it guards it`
}

var (
	limitMu sync.Mutex
	limit   int
)

func SetLimit(n int) {
	limitMu.Lock()
	defer limitMu.Unlock()
	limit = n
}

func Raise() {
	limitMu.Lock()
	defer limitMu.Unlock()
	limit++
}

func Lower() {
	limitMu.Lock()
	defer limitMu.Unlock()
	if limit > 0 {
		limit--
	}
}

func Limit() int {
	return limit // want `limit is read without limitMu: 4 of 5 uses hold it`
}

// One call of a helper is made before the lock is taken.
type Drain struct {
	mu   sync.Mutex
	tree []string
	size int
}

func (d *Drain) grow(s string) {
	d.tree = append(d.tree, s)
	d.size += len(s)
}

func (d *Drain) Train(s string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.grow(s)
}

func (d *Drain) Prune() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tree = d.tree[:0]
	d.size = 0
	return d.size
}

func (d *Drain) Match(s string) int {
	d.grow(s) // want `d.grow uses d.(size|tree) without d.mu`
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.size
}
