// Package cold holds code that runs seldom.
package cold

import (
	"errors"
	"fmt"
	"log"
	"sync"
)

type point struct{ x, y int }

// unmarked says nothing about how often it runs.
func unmarked(n int) (sum int) {
	var points []*point
	for i := range n {
		points = append(points, &point{i, i})
	}
	for _, p := range points {
		sum += p.x
	}
	return sum
}

// The mark is prose: //goconclint:hot
func prose(n int) int {
	var points []*point
	for i := range n {
		points = append(points, &point{i, i})
	}
	return len(points)
}

// A failure is noted only when there is one.
type failure struct{ line, column int }

type parser struct {
	failures []*failure
	last     *failure
	once     sync.Once
	table    map[int]*failure
	ready    bool
}

func (p *parser) worst() (n int) {
	for _, f := range p.failures {
		n = max(n, f.line)
	}
	return n + p.last.column
}

var errSyntax = errors.New("syntax error")

//goconclint:hot
func (p *parser) parse(lines []string) error {
	for i, line := range lines {
		n, err := length(line)
		if err != nil {
			p.failures = append(p.failures, &failure{line: i})
			continue
		}
		if n == 0 {
			p.failures = append(p.failures, &failure{line: i})
			return fmt.Errorf("line %d is empty", i)
		}
		if n > 1000 {
			p.last = &failure{line: i, column: n}
			return errSyntax
		}
		if n > 10_000 {
			p.last = &failure{line: i, column: n}
			panic("line too long")
		}
		switch {
		case n > 100_000:
			p.last = &failure{line: i, column: n}
			log.Fatal("no such line")
		}
	}
	p.once.Do(func() { p.last = &failure{} })
	if p.table == nil {
		p.table = map[int]*failure{}
		p.table[0] = &failure{}
	}
	if !p.ready {
		p.ready = true
		p.failures = append(p.failures, &failure{})
	}
	if _, ok := p.table[len(lines)]; !ok {
		p.table[len(lines)] = &failure{line: len(lines)}
	}
	return nil
}

func length(line string) (int, error) {
	if line == "" {
		return 0, errSyntax
	}
	return len(line), nil
}

const debug = false

//goconclint:hot
func traced(n int) {
	if debug {
		var points []*point
		points = append(points, &point{n, n})
		println(len(points))
	}
}

// walk is only called where an error was found.
func (p *parser) describe(n int) {
	var points []*point
	for i := range n {
		points = append(points, &point{i, i})
	}
	println(len(points))
}

//goconclint:hot
func (p *parser) check(line string) error {
	if _, err := length(line); err != nil {
		p.describe(3)
		return err
	}
	return nil
}
