package drive

import (
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// A run is the work on one graph.
type run struct {
	*loaded
	opts     Options
	owners   []*analysis.Analyzer // analyzers with facts
	failed   map[string]bool      // packages with a failure
	convert  *converter
	facts    *factIndex
	outcomes []outcome // by node index

	mu       sync.Mutex
	progress Progress
}

// An outcome is what came of one node. A store of results would keep just
// this, with the node's types and facts, under a key of the node's own files
// and the types and facts of what it imports: it would be asked in process,
// in front of all else, and told at its end.
type outcome struct {
	analysed bool
	findings []finding.Finding
	counters map[string][]string
	problems []finding.Problem
	imports  []failedImport
}

func newRun(opts Options, l *loaded) *run {
	r := &run{
		loaded:   l,
		opts:     opts,
		owners:   factOwners(opts.Analyzers),
		failed:   make(map[string]bool),
		convert:  &converter{fset: l.reader.fset, goroot: l.env.GOROOT},
		facts:    newFactIndex(),
		outcomes: make([]outcome, len(l.nodes)),
	}
	for _, f := range l.failures {
		for _, id := range f.ids {
			r.failed[id] = true
		}
	}
	for _, n := range l.nodes {
		if n.analyze {
			r.progress.Total++
		}
	}
	return r
}

// process does all the work on one node: types and facts, which its importers
// wait for, then checks.
func (r *run) process(n *node, release func()) {
	out := &r.outcomes[n.index]
	defer r.report(n)
	defer r.drop(n)
	defer func() {
		if v := recover(); v != nil { // of go/parser or go/types: passes are guarded on their own
			out.problems = append(out.problems, panicked("type-checking", n.path, v))
		}
	}()
	c := r.check(n, n.sources, r.failed[n.ImportPath] || r.failed[n.path])
	n.pkg, n.incomplete = c.pkg, c.incomplete
	out.problems, out.imports = c.problems, c.imports
	if c.pkg == nil {
		return
	}
	if n.analyze && c.broken && n.plain < len(n.sources) {
		// Broken tests don't hide what is to say about the package itself.
		if plain := r.check(n, n.sources[:n.plain], r.failed[n.path]); !plain.broken {
			c = plain
		}
	}
	r.facts.add(n, c.pkg, r.owners)
	if !n.bodies {
		return
	}
	p := newPackagePasses(r, n, c)
	p.run(r.owners)
	release()
	if n.analyze {
		p.run(r.opts.Analyzers)
		out.analysed = !c.broken
		out.findings = p.findings(r.opts.Analyzers)
		out.counters = p.counters()
	}
	out.problems = append(out.problems, p.problems()...)
}

// drop lets go of what nobody needs any more. The types of packages that
// others import live as long as these need them.
func (r *run) drop(n *node) {
	for _, s := range n.sources {
		s.release()
	}
	if len(r.owners) > 0 {
		return // facts are found by way of types
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, earlier := range append(slices.Clone(n.after), n) {
		if earlier.waiting--; earlier.waiting == 0 {
			earlier.pkg = nil
		}
	}
}

// report tells the caller that a package is done.
func (r *run) report(n *node) {
	if !n.analyze || r.opts.Progress == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.progress.Done++
	r.progress.Package = n.path
	r.opts.Progress(r.progress)
}

// result puts the outcomes together, in the order of nodes, so that it
// doesn't depend on which was done first.
func (r *run) result() *Result {
	result := &Result{Problems: slices.Clone(r.problems)}
	packages := make(map[string]bool)
	sites := make(map[string]finding.Range)
	for i, out := range r.outcomes {
		if out.analysed {
			packages[r.nodes[i].subject()] = true
		}
		result.Findings = append(result.Findings, out.findings...)
		if len(out.counters) > 0 {
			result.Counters = append(result.Counters, Counters{r.nodes[i].path, out.counters})
		}
		result.Problems = append(result.Problems, out.problems...)
		for _, imported := range out.imports {
			if _, seen := sites[imported.id]; !seen {
				sites[imported.id] = imported.at
			}
		}
	}
	for _, f := range slices.Concat(r.failures, r.exports.failures(r.failed)) {
		result.Problems = append(result.Problems, f.placed(sites))
	}
	result.Packages = len(packages)
	result.Findings = finding.Sort(result.Findings)
	result.Problems = finding.SortProblems(result.Problems)
	return result
}
