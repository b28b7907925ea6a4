package bad

import (
	"sync"
	"time"
)

// Session was given a lock, and then nobody took it.
type Session struct {
	id string

	mu      sync.Mutex // guards token and expires
	token   string
	expires time.Time
}

func NewSession(id string) *Session {
	s := &Session{id: id}
	s.token = "none"
	return s
}

func (s *Session) Renew(token string, life time.Duration) {
	s.token = token // want `s.token is written without mu, which is declared for it and never locked`
	s.expires = time.Now().Add(life)
}

func (s *Session) Token() (string, bool) { return s.token, time.Now().Before(s.expires) }

// routes has two locks, of which the one named for the table is forgotten.
type routes struct {
	hitsMu sync.Mutex
	hits   int

	tableMu sync.RWMutex
	table   map[string]string
}

func (r *routes) add(path, to string) {
	r.table[path] = to // want `r.table is written without tableMu, which is declared for it and never locked`
}

func (r *routes) find(path string) string {
	r.hitsMu.Lock()
	r.hits++
	r.hitsMu.Unlock()
	return r.table[path]
}

// stock embeds the lock of all that it holds.
var stock struct {
	sync.RWMutex

	amounts map[string]int
	changed time.Time
}

func init() { stock.amounts = make(map[string]int) }

// Take takes some of a product.
func Take(name string, n int) int {
	stock.amounts[name] -= n // want `stock.amounts is written without RWMutex, which is declared for it and never locked`
	stock.changed = time.Now()
	return stock.amounts[name]
}

var (
	driversMu sync.Mutex
	drivers   []string
)

// Register adds a driver.
func Register(name string) {
	drivers = append(drivers, name) // want `drivers is written without driversMu, which is declared for it and never locked`
}

// Drivers lists them.
func Drivers() []string { return append([]string(nil), drivers...) }

// window is a part of a struct, with a lock of its own.
type meter[T any] struct {
	window struct {
		sync.Mutex
		values []T
	}
	name string
}

func (m *meter[T]) add(v T) {
	m.window.values = append(m.window.values, v) // want `m.window.values is written without Mutex, which is declared for it and never locked`
}

func use() (*routes, *meter[int]) {
	r, m := &routes{}, &meter[int]{}
	r.add(r.find("/"), "/")
	m.add(len(m.name))
	return r, m
}

var _ = use
