package hotprofile

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// index sums up what lies at and below each line.
func (p *Profile) index() {
	below := make(map[Line]*Charge)
	var background int64
	for i := range p.samples {
		s := &p.samples[i]
		p.Total.add(s.cost)
		s.classify()
		if s.background() {
			background += s.cost.CPU
			continue
		}
		cost := s.charged()
		p.Total.Alloc += cost.Alloc
		p.Total.GC += cost.GC
		seen := make(map[Line]bool)
		for _, frame := range s.frames {
			if !seen[frame] {
				seen[frame] = true
				chargeTo(below, frame, cost, s.count)
			}
		}
	}
	for _, c := range below {
		c.GC += portion(background, c.Alloc, p.Total.Alloc)
	}
	p.Total.GC += background
	p.lines = sorted(below)
	p.byPlace = make(map[place][]*Charge)
	for i := range p.lines {
		c := &p.lines[i]
		at := place{c.Package, path.Base(c.File)}
		p.byPlace[at] = append(p.byPlace[at], c)
	}
}

func chargeTo(charges map[Line]*Charge, line Line, cost Cost, count int64) {
	c := charges[line]
	if c == nil {
		c = &Charge{Line: line}
		charges[line] = c
	}
	c.add(cost)
	c.Samples += count
}

func sorted(charges map[Line]*Charge) []Charge {
	list := make([]Charge, 0, len(charges))
	for _, c := range charges {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b Charge) int {
		return cmp.Or(
			cmp.Compare(a.Package, b.Package), cmp.Compare(a.File, b.File), cmp.Compare(a.Line.Line, b.Line.Line),
			cmp.Compare(a.Function, b.Function), cmp.Compare(a.Start, b.Start))
	})
	return list
}

// In returns what was measured in a file of a package, by lines. The path of
// the file tells commands apart, which are all called main: the name of its
// folder must be the same, too.
func (p *Profile) In(pkg, file string) []*Charge {
	file = strings.ReplaceAll(file, `\`, "/")
	charges := p.byPlace[place{pkg, path.Base(file)}]
	if pkg != "main" {
		return charges
	}
	return slices.DeleteFunc(slices.Clone(charges), func(c *Charge) bool {
		return path.Base(path.Dir(c.File)) != path.Base(path.Dir(file))
	})
}
