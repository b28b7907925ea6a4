package good

import "sync"

// Record is handed out locked; Release gives it back.
type Record struct {
	mu  sync.Mutex
	rev int
}

func (r *Record) Release() { r.mu.Unlock() }

type Table struct {
	mu      sync.RWMutex
	records map[string]*Record
}

func NewTable() *Table { return &Table{records: make(map[string]*Record)} }

func (t *Table) Acquire(key string) *Record {
	t.mu.RLock()
	r := t.records[key]
	t.mu.RUnlock()
	if r == nil {
		return nil
	}
	r.mu.Lock()
	return r
}

func (t *Table) Create(key string) *Record {
	r := &Record{}
	r.mu.Lock()
	t.mu.Lock()
	t.records[key] = r
	t.mu.Unlock()
	return r
}
