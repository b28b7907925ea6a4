package drive

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// factOwners returns the analyzers with facts among those given and all that
// they require.
func factOwners(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	var owners []*analysis.Analyzer
	seen := make(map[*analysis.Analyzer]bool)
	var visit func(list []*analysis.Analyzer)
	visit = func(list []*analysis.Analyzer) {
		for _, a := range list {
			if seen[a] {
				continue
			}
			seen[a] = true
			visit(a.Requires)
			if len(a.FactTypes) > 0 {
				owners = append(owners, a)
			}
		}
	}
	visit(analyzers)
	return owners
}

// packagePasses are the passes over one package. Each analyzer runs at most
// once, whoever asks for it, after those that it requires; analyzers that
// don't depend on each other run in parallel.
type packagePasses struct {
	driver *run
	node   *node
	seen   *checked
	passes map[*analysis.Analyzer]*pass
	cut    atomic.Bool // some didn't run, since the run was stopped
}

// A pass is one analyzer on one package.
type pass struct {
	analyzer    *analysis.Analyzer
	of          *packagePasses
	requires    []*pass
	once        sync.Once
	done        bool // it ran and its result is good
	result      any
	facts       *passFacts
	diagnostics []analysis.Diagnostic
	problem     *finding.Problem // set if it failed
}

func newPackagePasses(r *run, n *node, c *checked) *packagePasses {
	p := &packagePasses{driver: r, node: n, seen: c, passes: make(map[*analysis.Analyzer]*pass)}
	for _, a := range r.owners {
		p.pass(a)
	}
	if n.analyze {
		for _, a := range r.opts.Analyzers {
			p.pass(a)
		}
	}
	return p
}

func (p *packagePasses) pass(a *analysis.Analyzer) *pass {
	if found := p.passes[a]; found != nil {
		return found
	}
	made := &pass{analyzer: a, of: p}
	for _, required := range a.Requires {
		made.requires = append(made.requires, p.pass(required))
	}
	p.passes[a] = made
	return made
}

// run runs the analyzers and waits for them.
func (p *packagePasses) run(analyzers []*analysis.Analyzer) {
	list := make([]*pass, len(analyzers))
	for i, a := range analyzers {
		list[i] = p.passes[a]
	}
	runAll(list)
}

func runAll(list []*pass) {
	var wg sync.WaitGroup
	for _, p := range list {
		wg.Go(func() { p.once.Do(p.execute) })
	}
	wg.Wait()
}

// execute runs the analyzer unless something that it requires failed, the
// package is broken and the analyzer doesn't ask for such packages, or nobody
// waits for the result any more.
func (p *pass) execute() {
	runAll(p.requires)
	if p.of.driver.over() != nil {
		p.of.cut.Store(true)
		return
	}
	if p.of.seen.broken && !p.analyzer.RunDespiteErrors {
		return
	}
	if slices.ContainsFunc(p.requires, func(required *pass) bool { return !required.done }) {
		return
	}
	defer func() {
		if v := recover(); v != nil {
			problem := panicked("check "+p.analyzer.Name, p.of.node.path, v)
			p.problem, p.done, p.diagnostics = &problem, false, nil
		}
	}()
	analysisPass := p.analysisPass()
	var result any
	var err error
	p.of.driver.meter.measure(p.analyzer.Name, p.of.node.path, func() { result, err = p.analyzer.Run(analysisPass) })
	analysisPass.ExportObjectFact = nil // it is a mistake to call these from now on
	analysisPass.ExportPackageFact = nil
	if err == nil && reflect.TypeOf(result) != p.analyzer.ResultType {
		err = fmt.Errorf("result is a %T instead of a %v", result, p.analyzer.ResultType)
	}
	if err != nil {
		problem := internal("check "+p.analyzer.Name, p.of.node.path, OneLine(err.Error()))
		p.problem = &problem
		return
	}
	p.result, p.done = result, true
}

func (p *pass) analysisPass() *analysis.Pass {
	n, c, r := p.of.node, p.of.seen, p.of.driver
	made := &analysis.Pass{
		Analyzer:     p.analyzer,
		Fset:         r.reader.fset,
		Files:        c.files,
		OtherFiles:   n.otherFiles(),
		IgnoredFiles: n.ignoredFiles(),
		Pkg:          c.pkg,
		TypesInfo:    c.info,
		TypesSizes:   r.sizes,
		Module:       n.module(),
		ResultOf:     make(map[*analysis.Analyzer]any),
		Report:       func(d analysis.Diagnostic) { p.diagnostics = append(p.diagnostics, d) },
	}
	if p.analyzer.RunDespiteErrors {
		made.TypeErrors = c.errors
	}
	for _, required := range p.requires {
		made.ResultOf[required.analyzer] = required.result
	}
	made.ReadFile = func(name string) ([]byte, error) { return readFor(made, r.reader, name) }
	p.facts = newPassFacts(r.facts, c.pkg, p.analyzer)
	p.facts.serve(made)
	return made
}

// module returns what analyzers learn of the module; it is never nil.
func (n *node) module() *analysis.Module {
	if n.Module == nil {
		return new(analysis.Module)
	}
	return &n.Module.Module
}

var errNotOfPass = errors.New("file doesn't belong to the pass")

// readFor implements Pass.ReadFile: only files of the package are given out.
func readFor(p *analysis.Pass, r *reader, name string) ([]byte, error) {
	known := slices.Contains(p.OtherFiles, name) || slices.Contains(p.IgnoredFiles, name)
	for _, file := range p.Files {
		known = known || p.Fset.File(file.FileStart).Name() == name
	}
	if !known {
		return nil, fmt.Errorf("%s: %w", name, errNotOfPass)
	}
	return r.ReadFile(name)
}

// findings returns what the analyzers reported. What analyzers report that
// are only required by others isn't asked for.
func (p *packagePasses) findings(analyzers []*analysis.Analyzer) []finding.Finding {
	var list []finding.Finding
	for _, a := range analyzers {
		for _, d := range p.passes[a].diagnostics {
			list = append(list, p.driver.convert.finding(p.node, a, d))
		}
	}
	return list
}

// problems returns how analyzers failed, in the order of their names.
func (p *packagePasses) problems() []finding.Problem {
	var list []finding.Problem
	for _, pass := range p.passes {
		if pass.problem != nil {
			list = append(list, *pass.problem)
		}
		list = append(list, pass.failures()...)
	}
	return finding.SortProblems(list)
}
