package limits

import "sync"

type node struct{ parent string }

// FN_NewValue: what hangs on the value that is made here isn't followed.
func FN_NewValue(nodes map[string]*node) {
	for _, n := range nodes {
		if nodes[n.parent] == nil {
			nodes[n.parent] = &node{}
		}
	}
}

// FN_Unknown: what the function makes of a key isn't known.
func FN_Unknown(jobs map[string]bool, after func(string) string) {
	for job := range jobs {
		jobs[after(job)] = true
	}
}

// FN_SyncMap: sync.Map leaves the same open, and isn't looked at.
func FN_SyncMap(m *sync.Map) {
	m.Range(func(key, value any) bool {
		m.Store(key.(string)+".old", value)
		return true
	})
}

// FP_Flat: no dependency has dependencies of its own, which only the author knows.
func FP_Flat(plugins map[string]bool, needs map[string][]string) {
	for plugin := range plugins {
		for _, lib := range needs[plugin] {
			plugins[lib] = true // want `plugins gets a new key`
		}
	}
}
