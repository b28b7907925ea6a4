// Package pending links sections: those that are large are packed at the same
// time.
package pending

import (
	"os"
	"sort"
	"sync"
)

type section struct {
	name string
	data []byte
	refs []string
}

type file struct {
	names []string
	sync.Mutex
	relocs []string // sorted when it is written
}

var out file

type packed struct {
	index int
	data  []byte
}

// Link is given the files' names.
func Link(names []string) { pack(read(names)) }

// Write comes last.
func Write() { out.write() }

func read(names []string) []*section {
	var list []*section
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		list = append(list, &section{name: name, data: data})
	}
	return list
}

// pack starts a goroutine for each section that is worth it, and counts them.
func pack(sections []*section) {
	pending := 0
	results := make(chan packed)
	for i, s := range sections {
		if len(s.data) < 64 {
			continue
		}
		go func() {
			results <- packed{i, squeeze(s)}
		}()
		pending++
	}
	for ; pending > 0; pending-- {
		r := <-results
		sections[r.index].data = r.data
	}
}

func squeeze(s *section) []byte {
	for _, ref := range s.refs {
		out.add(ref)
	}
	return s.data[:len(s.data)/2]
}

func (f *file) add(reloc string) {
	f.Lock()
	f.relocs = append(f.relocs, reloc)
	f.Unlock()
}

func (f *file) write() {
	sort.Strings(f.relocs)
	for _, reloc := range f.relocs {
		f.names = append(f.names, reloc)
	}
}
