package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// A result is what a benchmark says of one operation, and the processor time
// that all of them took.
type result struct {
	cpu    float64
	bytes  int
	allocs int
}

var benchLine = regexp.MustCompile(`(?m)^Benchmark\S+\s+(\d+)\s+[\d.]+ ns/op\s+(?:[\d.]+ MB/s\s+)?(\d+) B/op\s+(\d+) allocs/op$`)

// compare runs the benchmark without and with the change, in turn, the same
// number of times, and returns the best of each. What counts is the time of
// the processor: on a busy machine that on the clock says little.
func (p *proof) compare(rounds int, changed map[string][]byte) (before, after result, err error) {
	plain, err := p.build("before.test", nil)
	if err != nil {
		return before, after, err
	}
	fixed, err := p.build("after.test", changed)
	if err != nil {
		return before, after, err
	}
	_, n, err := p.times(plain, "300ms")
	if err != nil {
		return before, after, err
	}
	for range rounds {
		for _, side := range []struct {
			binary string
			best   *result
		}{{plain, &before}, {fixed, &after}} {
			r, _, err := p.times(side.binary, strconv.Itoa(n)+"x")
			if err != nil {
				return before, after, err
			}
			if side.best.cpu == 0 || r.cpu < side.best.cpu {
				*side.best = r
			}
		}
	}
	return before, after, nil
}

// build compiles the benchmark.
func (p *proof) build(name string, changed map[string][]byte) (string, error) {
	overlay, err := p.overlay(changed)
	if err != nil {
		return "", err
	}
	path := filepath.Join(p.work, name)
	cmd := exec.Command("go", "test", "-c", "-o", path, "-overlay", overlay, p.pkg)
	cmd.Dir = p.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go test: %w\n%s", err, out)
	}
	return path, nil
}

// times runs the benchmark for a time or a number of times, and returns how
// often it ran, too.
func (p *proof) times(binary, howLong string) (result, int, error) {
	cmd := exec.Command(binary, "-test.run", "^$", "-test.bench", "^"+p.bench+"$", "-test.benchmem", "-test.benchtime", howLong)
	cmd.Dir = p.src
	out, err := cmd.CombinedOutput()
	if err != nil {
		return result{}, 0, fmt.Errorf("%w\n%s", err, out)
	}
	m := benchLine.FindStringSubmatch(string(out))
	if m == nil {
		return result{}, 0, fmt.Errorf("no benchmark %s:\n%s", p.bench, out)
	}
	n, err1 := strconv.Atoi(m[1])
	bytes, err2 := strconv.Atoi(m[2])
	allocs, err3 := strconv.Atoi(m[3])
	if err1 != nil || err2 != nil || err3 != nil {
		return result{}, 0, fmt.Errorf("can't read %s", m[0])
	}
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return result{cpu.Seconds(), bytes, allocs}, n, nil
}
