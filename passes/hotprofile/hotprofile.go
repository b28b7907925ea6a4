// Package hotprofile reads pprof profiles and says what source lines cost.
//
// A CPU profile tells the time spent at and below each line, and how much of
// it went into taking memory and into collecting it; a heap profile tells the
// objects and bytes that were allocated. Memory is taken inside the runtime,
// but it is the line that asked for it that can be changed, so the cost is
// charged there (charge.go).
//
// Checks get a profile by a flag that names it by path and content ([Ref]),
// so that a result which is cached under the flags of a run is never that of
// another profile.
package hotprofile

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/google/pprof/profile"
)

// A Kind says what a profile measures.
type Kind string

// The kinds that are read.
const (
	CPU  Kind = "CPU"
	Heap Kind = "heap"
)

// A Cost is what was measured at or below a line, in the units of the
// profile: nanoseconds of a CPU profile, objects and bytes of a heap profile.
type Cost struct {
	CPU   int64 // at the line and in what it calls
	Alloc int64 // part of CPU: taking memory
	GC    int64 // collecting memory; not part of CPU where background workers did it

	Objects, Bytes int64 // allocated at the line and in what it calls
}

func (c *Cost) add(d Cost) {
	c.CPU += d.CPU
	c.Alloc += d.Alloc
	c.GC += d.GC
	c.Objects += d.Objects
	c.Bytes += d.Bytes
}

// A Profile is a profile read.
type Profile struct {
	Path  string // of its file
	Sum   string // "sha256:" and the hash of its content
	Kind  Kind
	Total Cost // of all samples

	samples []sample
	lines   []Charge            // below each line, sorted
	byPlace map[place][]*Charge // the same
}

// A Charge is a line with what it costs.
type Charge struct {
	Line
	Cost
	Samples int64
}

// place finds lines by what survives a build elsewhere: the import path and
// the name of the file. Commands are all called main.
type place struct{ pkg, file string }

// A sample is one stack, innermost frame first, and what was seen there.
type sample struct {
	frames []Line
	cost   Cost
	count  int64
	// What the runtime did for the stack, by its frames.
	allocates, collects bool
}

// Read reads the profile in a file.
func Read(name string) (*Profile, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		var pathError *os.PathError
		if errors.As(err, &pathError) {
			err = pathError.Err
		}
		return nil, fmt.Errorf("profile %s: %w", name, err)
	}
	p, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("profile %s: %w", name, err)
	}
	p.Path = name
	return p, nil
}

// Parse reads a profile. Its error says in a line what is wrong with it.
func Parse(data []byte) (*Profile, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, errors.New("the file is empty: was the program stopped before it wrote the profile?")
	}
	raw, err := profile.ParseData(data)
	if err != nil {
		return nil, errors.New("not a complete pprof profile: it is truncated, or a file of another kind")
	}
	sum := sha256.Sum256(data)
	p := &Profile{Sum: "sha256:" + hex.EncodeToString(sum[:])}
	if err := p.fill(raw); err != nil {
		return nil, err
	}
	if len(p.samples) == 0 {
		return nil, errors.New("it holds no samples: did the program run long enough?")
	}
	p.index()
	return p, nil
}

func (p *Profile) fill(raw *profile.Profile) error {
	values := make(map[string]int)
	for i, t := range raw.SampleType {
		values[t.Type] = i
	}
	cpu, isCPU := values["cpu"]
	objects, hasObjects := values["alloc_objects"]
	bytes, hasBytes := values["alloc_space"]
	switch {
	case isCPU:
		p.Kind = CPU
	case hasObjects && hasBytes:
		p.Kind = Heap
	default:
		return fmt.Errorf("it measures %s: a CPU or allocation profile is needed", kinds(raw))
	}
	packages := foldersOf(raw.Function)
	for _, s := range raw.Sample {
		one := sample{frames: framesOf(s, packages), count: 1}
		if isCPU {
			one.cost.CPU = s.Value[cpu]
			if i, ok := values["samples"]; ok {
				one.count = s.Value[i]
			}
		} else {
			one.cost.Objects, one.cost.Bytes = s.Value[objects], s.Value[bytes]
			one.count = s.Value[objects]
		}
		if len(one.frames) > 0 && one.cost != (Cost{}) {
			p.samples = append(p.samples, one)
		}
	}
	return nil
}

func kinds(raw *profile.Profile) string {
	var names []string
	for _, t := range raw.SampleType {
		names = append(names, t.Type)
	}
	return cmp.Or(strings.Join(names, " and "), "nothing")
}

// framesOf lists the stack with inlined calls as frames of their own,
// innermost first.
func framesOf(s *profile.Sample, packages folders) []Line {
	var frames []Line
	for _, location := range s.Location {
		for _, at := range location.Line {
			if at.Function == nil {
				continue
			}
			line := lineOf(at.Function)
			line.Package, line.Line = packages.home(line), int(at.Line)
			frames = append(frames, line)
		}
	}
	return frames
}

// lineOf describes a function but for the line in it.
func lineOf(f *profile.Function) Line {
	pkg, name := SplitSymbol(f.Name)
	return Line{Package: pkg, Function: name, File: strings.ReplaceAll(f.Filename, `\`, "/"), Start: int(f.StartLine)}
}

// Packages returns the packages that the profile names, sorted.
func (p *Profile) Packages() []string {
	var list []string
	for _, c := range p.lines {
		list = append(list, c.Package)
	}
	return slices.Compact(list)
}

// Share returns the part of the whole that a cost is, from 0 to 1: of CPU
// time, or of the bytes allocated.
func (p *Profile) Share(c Cost) float64 {
	if p.Kind == CPU {
		return ratio(c.CPU, p.Total.CPU)
	}
	return ratio(c.Bytes, p.Total.Bytes)
}

// MemoryShare returns the part of the whole that goes into memory: of CPU
// time, for taking and collecting it; or of the bytes allocated.
func (p *Profile) MemoryShare(c Cost) float64 {
	if p.Kind == CPU {
		return ratio(c.Alloc+c.GC, p.Total.CPU)
	}
	return ratio(c.Bytes, p.Total.Bytes)
}

func ratio(part, whole int64) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Share returns the part of the profile that the line takes.
func (c Charge) Share(p *Profile) float64 { return p.Share(c.Cost) }
