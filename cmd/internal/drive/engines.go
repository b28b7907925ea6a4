package drive

import (
	"errors"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// The results of analyzers stay inside of passes. What engines among them
// have to say to a driver, they say by these methods.

// failing is the result of an analyzer that went on although some of its
// work failed: each error names the function that it failed on, and may have
// a method Detail that returns what helps to find the cause.
type failing interface {
	Failures() []error
}

// counting is the result of an analyzer that counts what it does, for
// -debug: one line each.
type counting interface {
	Counters() []string
}

// failures returns what failed inside of an analyzer that went on.
func (p *pass) failures() []finding.Problem {
	result, ok := p.result.(failing)
	if !ok {
		return nil
	}
	var list []finding.Problem
	for _, err := range result.Failures() {
		problem := internal(p.analyzer.Name, p.of.node.path, OneLine(err.Error()))
		var detailed interface{ Detail() string }
		if errors.As(err, &detailed) {
			problem.Detail = detailed.Detail()
		}
		list = append(list, problem)
	}
	return list
}

// counters returns what the analyzers count, by analyzer.
func (p *packagePasses) counters() map[string][]string {
	var counters map[string][]string
	for analyzer, pass := range p.passes {
		if result, ok := pass.result.(counting); ok {
			if counters == nil {
				counters = make(map[string][]string)
			}
			counters[analyzer.Name] = result.Counters()
		}
	}
	return counters
}
