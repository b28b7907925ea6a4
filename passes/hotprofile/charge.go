package hotprofile

import "strings"

// classify says what the runtime did for the stack.
//
// Memory is taken by the functions named in [takesMemory]; what they call,
// moving the old content of a slice included, is part of it. Collecting it is
// done in three places: by whoever allocates, as an assist; by whoever stores
// a pointer while marking runs, as a write barrier; and by the runtime's own
// goroutines, whose stacks name no line of anybody. The last is shared out in
// proportion to the time that lines spend on taking memory. That is an
// estimate: how often the collector runs follows from bytes, how long from
// what is live.
func (s *sample) classify() {
	for _, frame := range s.frames {
		if !isRuntime(frame.Package) {
			return // what stands further out is the program
		}
		s.collects = s.collects || collects(frame.Function)
		s.allocates = s.allocates || takesMemory(frame.Function)
	}
}

// background reports whether the sample is work of the collector's own
// goroutines.
func (s *sample) background() bool {
	return s.collects && isRuntime(s.frames[len(s.frames)-1].Package) && s.program() < 0
}

// program returns the index of the innermost frame outside of the runtime,
// or -1.
func (s *sample) program() int {
	for i, frame := range s.frames {
		if !isRuntime(frame.Package) {
			return i
		}
	}
	return -1
}

// charged returns the cost of the sample with its time told apart.
func (s *sample) charged() Cost {
	cost := s.cost
	switch {
	case s.collects:
		cost.GC = cost.CPU
	case s.allocates:
		cost.Alloc = cost.CPU
	}
	return cost
}

// Charged returns what each line of the wanted packages has caused: memory
// that is taken below it, in packages which aren't wanted, is charged to the
// innermost line that is. Unlike the costs of [Profile.In], those of several
// lines add up to at most the whole.
func (p *Profile) Charged(wanted func(pkg, file string) bool) []Charge {
	charges := make(map[Line]*Charge)
	var background, alloc int64
	for i := range p.samples {
		s := &p.samples[i]
		if s.background() {
			background += s.cost.CPU
			continue
		}
		cost := s.charged()
		alloc += cost.Alloc
		for _, frame := range s.frames {
			if wanted(frame.Package, frame.File) {
				chargeTo(charges, frame, cost, s.count)
				break
			}
		}
	}
	for _, c := range charges {
		c.GC += portion(background, c.Alloc, alloc)
	}
	return sorted(charges)
}

// portion returns the share of an amount that a part of a whole has.
func portion(amount, part, whole int64) int64 {
	if whole == 0 {
		return 0
	}
	return int64(float64(amount) * float64(part) / float64(whole))
}

// isRuntime reports whether the package is part of the runtime, as far as
// allocation goes. Symbols written in assembly have no package.
func isRuntime(pkg string) bool {
	return pkg == "" || pkg == "runtime" || strings.HasPrefix(pkg, "internal/runtime/") || pkg == "runtime/internal/atomic"
}

// takesMemory names the runtime's functions that exist to take memory, and
// those that only do something else for lack of it: a slice that grows.
func takesMemory(function string) bool {
	for _, prefix := range []string{
		"mallocgc", "newobject", "newarray", "growslice", "makeslice", "makemap", "makechan", "concatstring", "convT",
		"slicebytetostring", "stringtoslicebyte", "slicerunetostring", "stringtoslicerune", "rawstring", "rawbyteslice", "rawruneslice",
		"NewMap", "NewEmptyMap", "newTable", "(*table).grow", "(*table).rehash", "(*table).split", "(*Map).growToTable", "(*Map).growToSmall", "newGroups",
	} {
		if strings.HasPrefix(function, prefix) {
			return true
		}
	}
	return false
}

// collects names the collector: its assists, barriers and own goroutines.
func collects(function string) bool {
	for _, prefix := range []string{
		"gcAssist", "gcDrain", "gcBgMark", "gcMark", "gcStart", "gcSweep", "gcWriteBarrier", "wbBufFlush", "bgsweep", "bgscavenge", "sweepone",
		"bulkBarrier", "gcmarknewobject", "scanobject", "greyobject", "markroot",
	} {
		if strings.HasPrefix(function, prefix) {
			return true
		}
	}
	return false
}
