package main

import (
	"bytes"
	"os"
	"strconv"
	"strings"

	"github.com/google/pprof/profile"
	"github.com/rogpeppe/go-internal/testscript"
)

// pprof is the script command "pprof TYPES stacks.txt out.pprof": it writes a
// profile with the given value types, separated by commas. Each line of the
// text is a value and a stack, innermost frame first:
//
//	30 runtime.mallocgc malloc.go:1:1 < m.F a.go:7:5
//
// where 7 is the line and 5 that on which the function starts.
func pprof(ts *testscript.TestScript, _ bool, args []string) {
	p := &profile.Profile{PeriodType: &profile.ValueType{Type: "cpu", Unit: "nanoseconds"}, Period: 1}
	for name := range strings.SplitSeq(args[0], ",") {
		p.SampleType = append(p.SampleType, &profile.ValueType{Type: name, Unit: "count"})
	}
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		value, stack, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		number, err := strconv.ParseInt(value, 10, 64)
		ts.Check(err)
		sample := &profile.Sample{}
		for range p.SampleType {
			sample.Value = append(sample.Value, number)
		}
		for frame := range strings.SplitSeq(stack, " < ") {
			sample.Location = append(sample.Location, location(ts, p, frame))
		}
		p.Sample = append(p.Sample, sample)
	}
	var out bytes.Buffer
	ts.Check(p.Write(&out))
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), out.Bytes(), 0o600))
}

func location(ts *testscript.TestScript, p *profile.Profile, frame string) *profile.Location {
	symbol, place, _ := strings.Cut(frame, " ")
	parts := strings.Split(place, ":")
	if len(parts) != 3 {
		ts.Fatalf("%s isn't a frame", frame)
	}
	line, err := strconv.ParseInt(parts[1], 10, 64)
	ts.Check(err)
	start, err := strconv.ParseInt(parts[2], 10, 64)
	ts.Check(err)
	fn := &profile.Function{
		ID: uint64(len(p.Function) + 1), Name: symbol, SystemName: symbol, Filename: parts[0], StartLine: start,
	}
	at := &profile.Location{ID: uint64(len(p.Location) + 1), Line: []profile.Line{{Function: fn, Line: line}}}
	p.Function, p.Location = append(p.Function, fn), append(p.Location, at)
	return at
}
