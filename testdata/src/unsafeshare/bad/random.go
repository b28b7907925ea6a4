// Package bad shares values that aren't made for it.
package bad

import (
	"hash"
	"hash/fnv"
	"math/rand"
	"net/http"
	"strconv"
	"sync"
	"time"
)

var random = rand.New(rand.NewSource(time.Now().UnixNano())) // want `random is used by whoever calls RandomName, and a rand.Rand isn't safe for concurrent use`

const letters = "abcdefghijklmnopqrstuvwxyz"

// RandomName is called by everybody who needs a name.
func RandomName(n int) string {
	name := make([]byte, n)
	for i := range name {
		name[i] = letters[random.Intn(len(letters))]
	}
	return string(name)
}

// Backoff reaches the generator through another function.
func Backoff(attempt int) time.Duration { return jitter(time.Second << attempt) }

func jitter(d time.Duration) time.Duration {
	return d + time.Duration(random.Int63n(int64(d)))
}

type sampler struct {
	rate   float64
	random *rand.Rand
}

// ServeHTTP runs once per request.
func (s *sampler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.random.Float64() < s.rate { // want `s.random is used here by concurrent handlers, and a rand.Rand isn't safe`
		w.WriteHeader(http.StatusTeapot)
	}
}

// shuffleAll gives one generator to all its goroutines.
func shuffleAll(decks [][]int) {
	source := rand.New(rand.NewSource(1))
	var wg sync.WaitGroup
	for _, deck := range decks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			source.Shuffle(len(deck), func(i, j int) { deck[i], deck[j] = deck[j], deck[i] }) // want `source is used by all goroutines started at random.go:\d+, and a rand.Rand`
		}()
	}
	wg.Wait()
}

// A Ring finds the shard of a key.
type Ring struct {
	mu     sync.Mutex
	hash   hash.Hash64
	shards map[uint64]string
}

// NewRing makes one.
func NewRing() *Ring { return &Ring{hash: fnv.New64(), shards: make(map[uint64]string)} }

// Add uses the hash before it takes the lock.
func (r *Ring) Add(key, shard string) {
	r.hash.Reset() // want `r.hash is used here outside of r.mu, and a hash.Hash64 isn't safe for concurrent use`
	r.hash.Write([]byte(key))
	sum := r.hash.Sum64()

	r.mu.Lock()
	defer r.mu.Unlock()
	r.shards[sum] = shard
}

// A Table draws under a lock, but for one method.
type Table struct {
	mu   sync.Mutex
	rng  *rand.Rand
	rows []string
}

// Pick holds the lock.
func (t *Table) Pick() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rows[t.rng.Intn(len(t.rows))]
}

// Mix holds it too.
func (t *Table) Mix() {
	t.mu.Lock()
	t.rng.Shuffle(len(t.rows), func(i, j int) { t.rows[i], t.rows[j] = t.rows[j], t.rows[i] })
	t.mu.Unlock()
}

// ID doesn't.
func (t *Table) ID() string {
	return strconv.Itoa(t.rng.Int()) // want `t.rng is used here without t.mu, which is held at random.go:\d+: a rand.Rand isn't safe for concurrent use`
}

// A Retrier has a lock for its state, but not for its generator.
type Retrier struct {
	mu    sync.Mutex
	tries map[string]int
	rng   *rand.Rand
}

// Next counts under the lock, in another method.
func (r *Retrier) Next(name string) time.Duration {
	n := r.count(name)
	return time.Duration(r.rng.Int63n(int64(n) * 100)) // want `r.rng is used here outside of r.mu, and a rand.Rand isn't safe for concurrent use`
}

func (r *Retrier) count(name string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tries[name]++
	return r.tries[name]
}
