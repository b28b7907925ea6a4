package good

import (
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
)

// The current key.
func normalise(limits map[string]int) {
	for name, n := range limits {
		if n < 0 {
			delete(limits, name)
			continue
		}
		limits[name] = min(n, 100)
	}
}

// Another map.
func invert(ids map[string]int) map[int]string {
	names := make(map[int]string, len(ids))
	for name, id := range ids {
		names[id] = name
	}
	return names
}

func union(all, more map[string]bool, nested map[string]map[string]int) {
	for name := range more {
		all[name+"!"] = true
	}
	for name, inner := range nested {
		inner["count"] = len(inner)
		nested[name]["twice"] = 2
	}
}

// The loop ends with the addition.
func claim(slots map[int]string, name string) bool {
	for id, owner := range slots {
		if owner == "" {
			slots[id+1] = name
			return true
		}
		if owner == name {
			slots[id-1] = name
			break
		}
	}
	return false
}

// Names in lower case: an iteration on the new key finds nothing to do.
func lower(headers map[string][]string) {
	for name, values := range headers {
		if low := strings.ToLower(name); low != name {
			delete(headers, name)
			headers[low] = values
		}
	}
	for name, values := range headers {
		delete(headers, name)
		headers[http.CanonicalHeaderKey(name)] = values
	}
}

// What a condition lets through has no prefix any more.
func strip(env map[string]string) {
	for name, value := range env {
		if rest, ok := strings.CutPrefix(name, "APP_"); ok {
			env[rest] = value
		}
		if !strings.HasPrefix(name, "x-") {
			continue
		}
		env["y-"+name[2:]] = value
	}
}

type command struct {
	name    string
	aliases []string
	parent  string
	count   int
}

// The same value under other names.
func aliases(commands map[string]*command) {
	for _, c := range commands {
		for _, alias := range c.aliases {
			commands[alias] = c
		}
		commands[c.name] = c
	}
}

// Both directions of a relation.
func symmetric(twins map[string]string) {
	for a, b := range twins {
		twins[b] = a
	}
}

// Until nothing is new.
func closure(known map[string]bool, uses map[string][]string) {
	for changed := true; changed; {
		changed = false
		for name := range known {
			for _, other := range uses[name] {
				if !known[other] {
					known[other] = true
					changed = true
				}
			}
		}
	}
}

func grow(known map[string]bool, uses map[string][]string) {
	for {
		before := len(known)
		for name := range known {
			for _, other := range uses[name] {
				known[other] = true
			}
		}
		if len(known) == before {
			return
		}
	}
}

func worklist(work map[string]bool, uses map[string][]string, visit func(string)) {
	for len(work) > 0 {
		for name := range work {
			delete(work, name)
			visit(name)
			for _, other := range uses[name] {
				work[other] = true
			}
		}
	}
}

func recursive(known map[string]bool, uses map[string][]string) int {
	before := len(known)
	for name := range known {
		for _, other := range uses[name] {
			known[other] = true
		}
	}
	if len(known) > before {
		return recursive(known, uses)
	}
	return before
}

// A clone, and keys that were collected.
func parents(dirs map[string]bool) {
	for dir := range maps.Clone(dirs) {
		dirs[path.Dir(dir)] = true
	}
	for _, dir := range slices.Sorted(maps.Keys(dirs)) {
		dirs[path.Dir(dir)] = true
	}
}

// Keys that are there.
func counts(commands map[string]*command, sums map[string]int, byName map[string]command) {
	sums["total"] = 0
	for name, n := range sums {
		if name != "total" {
			sums["total"] += n
		}
	}
	for _, c := range byName {
		if parent, ok := byName[c.parent]; ok {
			parent.count++
			byName[c.parent] = parent
		}
		up, ok := byName[c.parent]
		if !ok {
			continue
		}
		up.count++
		byName[up.parent] = up
	}
	for a := range sums {
		for b := range sums {
			if a < b {
				sums[b] = sums[a]
			}
		}
	}
	for name := range commands {
		if commands[path.Dir(name)] != nil {
			commands[path.Dir(name)] = &command{name: name}
		}
	}
}

// Another map takes the place of the old one.
func rename(names map[string]int) {
	for name, n := range names {
		names = make(map[string]int)
		names["x"+name] = n
	}
}

// Somebody else does it, at another time.
func later(names map[string]int, run func(func())) {
	for name, n := range names {
		run(func() { names[name+"x"] = n })
	}
}

// A function about which nothing is known.
func resolve(targets map[string]int, canonical func(string) string) {
	for name, n := range targets {
		targets[canonical(name)] = n
	}
}

// In one round, on purpose.
func stress(m map[int]int) (n int) {
	grow := true
	for range m {
		n++
		if grow {
			for i := range 100 {
				m[i+1000] += i
			}
			grow = false
		}
	}
	return n
}
