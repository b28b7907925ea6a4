// Package limits shows what mapguard doesn't see, and what it sees wrongly.
package limits

import "sync"

// A Sink is one of several that others may add to.
type Sink interface{ Put(string) }

type table struct{ rows map[string]int }

func (t *table) Put(key string) { t.rows[key]++ }

type null struct{}

func (null) Put(string) {}

// FN_ThroughInterface: calls of interface methods aren't followed where
// several types have the method that others can name, too.
func FN_ThroughInterface(s Sink, keys []string) {
	for _, key := range keys {
		go s.Put(key)
	}
}

type queue struct{ tasks []func() }

// FN_StoredClosure: a function value that is kept and run later isn't
// followed.
func FN_StoredClosure(q *queue, keys []string) {
	seen := make(map[string]bool)
	for _, key := range keys {
		q.tasks = append(q.tasks, func() { seen[key] = true })
	}
	for _, task := range q.tasks {
		go task()
	}
}

type ledger struct {
	mu   sync.Mutex
	sums map[string]int
}

func (l *ledger) Add(name string, n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sums[name] += n
}

func (l *ledger) Get(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sums[name]
}

var ledgers = make(chan *ledger)

// FN_Published: an object counts as its maker's own even after it was sent.
func FN_Published() {
	l := &ledger{sums: make(map[string]int)}
	ledgers <- l
	l.sums["late"] = 1
}

// FN_Instances: two objects' locks of one kind count as the same lock.
func (l *ledger) FN_Instances(from *ledger) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sums["all"] += from.sums["all"]
}

type phases struct {
	mu      sync.Mutex
	wg      sync.WaitGroup
	results map[string]int
}

func (p *phases) Collect(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.results[name]++
}

func (p *phases) Drop(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.results, name)
}

// FP_AfterAll is only called when all that call Collect are done, which
// happens in other packages.
func (p *phases) FP_AfterAll() int {
	return len(p.results) // want `map p.results is read here while another goroutine may write it \(other side holds p.mu\)`
}

type account struct {
	mu      sync.Mutex
	clients map[string]int
}

func (a *account) Join(client string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.clients[client]++
}

func (a *account) Leave(client string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.clients, client)
}

// Options hold accounts that nobody has joined yet.
type Options struct{ accounts map[string]*account }

// FP_Configured looks at objects before they are in use. Their type is all
// that is seen.
func (o *Options) FP_Configured() bool {
	for _, a := range o.accounts {
		if len(a.clients) > 0 { // want `map a.clients is read here while another goroutine may write it \(other side holds o.accounts\[…\].mu\)`
			return false
		}
	}
	return true
}

// FN_SaidAlone is believed for another part of the function, too.
func (l *ledger) FN_SaidAlone(names []string) int {
	total := 0
	for _, name := range names { // names are not used concurrently
		total += l.sums[name]
	}
	return total
}

// FN_OtherInstance locks one ledger and uses another: that may be one that
// isn't shared.
func FN_OtherInstance(a, b *ledger) {
	a.mu.Lock()
	a.sums["moved"]++
	a.mu.Unlock()
	b.sums["moved"]++
}
