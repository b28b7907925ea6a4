package drive

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// A run is the work on one graph.
type run struct {
	*loaded
	opts       Options
	over       func() error         // why no more is wanted, nil while it is
	owners     []*analysis.Analyzer // analyzers with facts
	common     recipe               // what all recipes begin with
	roots      roots
	identities *identities
	failed     map[string]bool // packages with a failure
	convert    *converter
	facts      *factIndex
	outcomes   []outcome // by node index

	gate  *gate
	meter *meter // nil unless asked for

	mu       sync.Mutex
	progress Progress
}

// An outcome is what came of one node.
type outcome struct {
	recalled bool     // it comes from the store
	why      []string // why not, if asked
	analysed bool
	broken   bool // it couldn't be
	findings []finding.Finding
	counters map[string][]string
	problems []finding.Problem
	imports  []failedImport
}

func newRun(ctx context.Context, opts Options, l *loaded) *run {
	r := &run{
		loaded:   l,
		opts:     opts,
		over:     ctx.Err,
		owners:   factOwners(opts.Analyzers),
		failed:   make(map[string]bool),
		convert:  &converter{fset: l.reader.fset, goroot: l.env.GOROOT},
		facts:    newFactIndex(),
		gate:     newGate(opts.Memory),
		outcomes: make([]outcome, len(l.nodes)),
	}
	if opts.Measure {
		r.meter = new(meter)
	}
	r.noteFailures()
	r.prepareRecipes()
	for _, n := range l.nodes {
		if n.analyze {
			r.progress.Total++
		}
	}
	return r
}

func (r *run) noteFailures() {
	for _, f := range r.failures {
		for _, id := range f.ids {
			r.failed[id] = true
		}
	}
}

// analyze does what the store doesn't save us. The error says why nothing
// could be done.
func (r *run) analyze(ctx context.Context) error {
	memo := &exportMemo{r.opts.Store, r.identities}
	if err := r.complete(ctx, memo, r.unfinished()); err != nil {
		if ctx.Err() != nil {
			return nil // what is known by now is worth something
		}
		return err
	}
	r.noteFailures()
	r.reader.check(r.readByOthers())
	schedule(ctx, r.nodes, runtime.GOMAXPROCS(0), r.process)
	return r.unreadable()
}

// readByOthers returns the files that the go command has just read and that
// went into recipes before.
func (r *run) readByOthers() []string {
	list := slices.Clone(r.identities.hashed)
	for _, n := range r.nodes {
		if len(n.CgoFiles) > 0 && r.opts.Store != nil {
			list = append(list, slices.Concat(r.filesOf(n)...)...)
		}
	}
	return list
}

// unfinished returns the nodes that may have to be analysed and all that
// these import.
func (r *run) unfinished() []*node {
	needed := make(map[*node]bool)
	for _, n := range slices.Backward(r.nodes) { // importers first
		if needed[n] = needed[n] || !n.recalled; needed[n] {
			for _, earlier := range n.after {
				needed[earlier] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(r.nodes), func(n *node) bool { return !needed[n] })
}

// process does all the work on one node: types and facts, which its importers
// wait for, then checks.
func (r *run) process(n *node, release func()) {
	out := &r.outcomes[n.index]
	defer r.drop(n)
	if n.recalled {
		return
	}
	defer r.report(n)
	if r.recall(n) {
		return
	}
	if r.opts.Explain {
		out.why = r.why(n)
	}
	r.gate.enter()
	defer r.gate.leave()
	r.begin(n)
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
	r.facts.add(n, n.pkg)
	r.facts.add(n, c.pkg)
	if !n.bodies {
		r.sum(n)
		r.save(n, c, out)
		return
	}
	p := newPackagePasses(r, n, c)
	p.run(r.owners)
	if r.over() != nil {
		return
	}
	out.problems = append(out.problems, p.sealFacts(r.owners)...)
	r.sum(n)
	release()
	if n.analyze {
		p.run(r.opts.Analyzers)
		out.analysed, out.broken = !c.broken && !p.cut.Load(), c.broken
		out.findings = p.findings(r.opts.Analyzers)
		out.counters = p.counters()
	}
	out.problems = append(out.problems, p.problems()...)
	if !p.cut.Load() {
		r.save(n, c, out)
	}
}

// drop lets go of what nobody needs any more. The types of packages that
// others import live as long as these need them.
func (r *run) drop(n *node) {
	for _, s := range n.sources {
		s.release()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	n.unneeded()
	if !n.recalled {
		n.leave()
	}
}

// unneeded says that one of those who wait for the node is done. The types
// of a recalled node are only read when an importer wants them; until nobody
// can, it needs those that it imports itself.
func (n *node) unneeded() {
	if n.waiting--; n.waiting > 0 {
		return
	}
	n.pkg = nil
	if n.recalled {
		n.leave()
	}
}

func (n *node) leave() {
	for _, earlier := range n.after {
		earlier.unneeded()
	}
}

// begin tells the caller that work on a package begins.
func (r *run) begin(n *node) {
	if !n.analyze || r.opts.Begin == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.opts.Begin(n.path)
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
	packages, fresh := make(map[string]bool), make(map[string]bool)
	sites := make(map[string]finding.Range)
	for i, out := range r.outcomes {
		if out.analysed {
			subject := r.nodes[i].subject()
			fresh[subject] = fresh[subject] || !out.recalled
			packages[subject] = true
		}
		result.Findings = append(result.Findings, out.findings...)
		if r.opts.Explain {
			result.Visits = append(result.Visits, Visit{r.nodes[i].ImportPath, out.recalled, out.why})
		}
		if len(out.counters) > 0 {
			result.Counters = append(result.Counters, Counters{r.nodes[i].path, out.counters})
		}
		result.Problems = append(result.Problems, out.problems...)
		if r.nodes[i].analyze && !out.analysed {
			result.Unchecked = append(result.Unchecked, slices.Concat(r.filesOf(r.nodes[i])[:2]...)...)
		}
		for _, imported := range out.imports {
			if _, seen := sites[imported.id]; !seen {
				sites[imported.id] = imported.at
			}
		}
	}
	for _, f := range slices.Concat(r.failures, r.exports.failures(r.failed)) {
		result.Problems = append(result.Problems, f.placed(sites))
	}
	result.Problems = append(result.Problems, r.leftOut(result.Problems)...)
	result.Packages = slices.Sorted(maps.Keys(packages))
	for _, subject := range result.Packages {
		if !fresh[subject] {
			result.Stored++
		}
	}
	result.Folders = r.identities.folders(r.listed)
	result.Costs = r.meter.result()
	result.Findings = finding.Sort(result.Findings)
	r.reader.sign(result.Findings)
	result.Problems = finding.SortProblems(result.Problems)
	return result
}
