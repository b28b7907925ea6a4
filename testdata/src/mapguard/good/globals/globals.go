// Package globals holds package-level maps that are guarded or read only.
package globals

import "sync"

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
