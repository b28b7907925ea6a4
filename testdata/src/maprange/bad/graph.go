package bad

import (
	"maps"
	"path"
	"path/filepath"
	"strings"
)

// The closure of a set, in one pass that doesn't see all of it.
func reachable(start map[string]bool, imports map[string][]string) map[string]bool {
	for pkg := range start {
		for _, dep := range imports[pkg] {
			start[dep] = true // want `start gets a new key while line 12 ranges over it: whether an iteration sees it, and adds another, is left open`
		}
	}
	return start
}

// The same behind a look whether the key is there.
func implied(enabled map[string]struct{}, implies map[string][]string) {
	for feature := range enabled {
		for _, other := range implies[feature] {
			if _, ok := enabled[other]; !ok {
				enabled[other] = struct{}{} // want `enabled gets a new key`
			}
		}
	}
}

type importer struct {
	dirs  map[string]bool
	seen  map[*scope]bool
	rules map[string]*rule
}

type scope struct{ outer *scope }

type rule struct {
	base    string
	aliases []string
	hits    int
}

// All parents of all folders, in a field.
func (im *importer) addParents() {
	for dir := range im.dirs {
		im.dirs[filepath.Dir(dir)] = true // want `im.dirs gets a new key`
	}
}

func (im *importer) addParentsOnce() {
	dirs := im.dirs
	for dir := range dirs {
		parent := path.Dir(dir)
		if parent == "." {
			break
		}
		if dirs[parent] {
			continue
		}
		im.dirs[parent] = true // want `dirs gets a new key`
	}
}

// A linked structure.
func (im *importer) outward() {
	for s := range im.seen {
		if s.outer != nil {
			continue
		}
		im.seen[s] = false
	}
	for s := range im.seen {
		im.seen[s.outer] = true // want `im.seen gets a new key`
	}
}

// Keys renamed by something that makes them longer, again and again.
func qualify(env map[string]string, prefix string) {
	for name, value := range env {
		delete(env, name)
		env[prefix+"_"+name] = value // want `env gets a new key`
	}
}

func backups(files map[string][]byte) {
	for name, content := range files {
		backup := name + ".bak"
		files[backup] = content // want `files gets a new key`
	}
}

// maps.Keys is lazy: it's the same loop.
func numbered(rows map[int]string) {
	for n := range maps.Keys(rows) {
		rows[n+1] = rows[n] // want `rows gets a new key`
	}
}

// A condition that the new entry meets, too.
func copies(rules map[string]*rule) {
	for name, r := range rules {
		if r.hits > 0 {
			rules["copy of "+name] = r // want `rules gets a new key`
		}
	}
}

// By a method of the package.
func (im *importer) mark(s *scope) {
	if im.seen[s] {
		return
	}
	im.seen[s] = true
}

func (im *importer) markOuter() {
	for s := range im.seen {
		im.mark(s.outer) // want `im.seen gets a new key`
	}
}

// A total among what is summed up.
func total(bytes map[string]int) {
	for _, n := range bytes {
		bytes["total"] += n // want `bytes gets a new key while line 126 ranges over it: whether an iteration sees it, and changes it again, is left open`
	}
}

// Aliases would do no harm, but every entry is counted and handled, too.
func register(rules map[string]*rule, handle func(string, *rule)) (n int) {
	for name, r := range rules {
		for _, alias := range r.aliases {
			rules[alias] = r // want `rules gets a new key while line 133 ranges over it: whether an iteration sees it, and does the rest for it, too, is left open`
		}
		handle(name, r)
	}
	for name, r := range rules {
		n++
		if lower := strings.ToLower(name); lower != name {
			rules[lower] = r // want `rules gets a new key`
		}
	}
	return n
}
