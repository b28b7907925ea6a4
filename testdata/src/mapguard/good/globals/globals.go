// Package globals holds package-level maps that are guarded or read only.
package globals

import (
	"io"
	"maps"
	"sync"
	"sync/atomic"
)

var (
	mu    sync.RWMutex
	codes = map[string]int{}
	names = map[int]string{1: "one"}
	extra sync.Map
	index map[string]int
	once  sync.Once
)

func init() {
	for n, name := range names {
		codes[name] = n
	}
}

// Register is for init functions.
func Register(n int, name string) { names[n] = name }

func Name(n int) string { return names[n] }

func Code(name string) int {
	mu.RLock()
	defer mu.RUnlock()
	return codes[name]
}

func SetCode(name string, n int) {
	mu.Lock()
	defer mu.Unlock()
	codes[name] = n
	extra.Store(name, n)
}

func Index(name string) int {
	once.Do(func() {
		index = make(map[string]int)
		for n, name := range names {
			index[name] = n
		}
	})
	return index[name]
}

// Watch writes in its goroutine, under the lock.
func Watch(updates <-chan string) {
	go func() {
		for name := range updates {
			SetCode(name, len(name))
		}
	}()
}

// typesInInit is used instead of the published table while init functions
// register types one by one.
var typesInInit = make(map[string]int)

var (
	typeLock  sync.Mutex
	published atomic.Value
)

func init() {
	define("int")
	define("string")
	published.Store(typesInInit)
	typesInInit = nil
}

// Type returns the number of a type.
func Type(name string) int {
	if n := find(name); n != 0 {
		return n
	}
	return define(name)
}

func find(name string) int {
	if m := typesInInit; m != nil {
		return m[name]
	}
	m, _ := published.Load().(map[string]int)
	return m[name]
}

func define(name string) int {
	typeLock.Lock()
	defer typeLock.Unlock()
	if n := find(name); n != 0 {
		return n
	}
	if m := typesInInit; m != nil {
		m[name] = len(m) + 1
		return m[name]
	}
	m, _ := published.Load().(map[string]int)
	next := maps.Clone(m)
	next[name] = len(next) + 1
	published.Store(next)
	return next[name]
}

var (
	familiesLock sync.RWMutex
	families     = make(map[string]int)
)

// Families writes a page, whose data has a field for the map as it is.
func Families(w io.Writer) { page(w) }

func page(w io.Writer) int {
	data := &struct {
		Families map[string]int
		Names    []string
	}{
		Families: families,
	}
	familiesLock.RLock()
	for name := range families {
		data.Names = append(data.Names, name)
	}
	familiesLock.RUnlock()
	return len(data.Names)
}

func Family(name string) int {
	familiesLock.Lock()
	defer familiesLock.Unlock()
	families[name]++
	return families[name]
}
