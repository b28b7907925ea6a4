package drive

import (
	"context"
	"go/token"
	"go/types"
	"slices"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// loaded is all that a run needs to know before it reads a source file, but
// for what [loaded.complete] adds.
type loaded struct {
	*graph
	command  *goCommand
	listed   []*listed
	packages map[string]*listed // by ImportPath
	reader   *reader
	exports  *exports
	compiled map[string][]string // Go files of packages with cgo, as they are compiled
	sizes    types.Sizes
	env      goEnv
	failures []failure         // packages that can't be had, by what the go command says
	problems []finding.Problem // complaints about no package in particular
}

// load asks the go command for the graph of packages. overlay is the name of
// the file that tells the go command about opts.Overlay.
func load(ctx context.Context, opts Options, overlay string) (*loaded, error) {
	g, err := newGoCommand(opts, overlay)
	if err != nil {
		return nil, err
	}
	askedEnv := start(func() (goEnv, error) { return g.env(ctx) })
	packages, complaints, listErr := listGraph(ctx, g, opts)
	env, err := askedEnv()
	if err != nil {
		return nil, err
	}
	if listErr != nil {
		return nil, env.explain(listErr)
	}
	l := &loaded{
		graph:    buildGraph(packages, len(factOwners(opts.Analyzers)) > 0),
		command:  g,
		listed:   packages,
		packages: indexed(packages),
		reader:   &reader{fset: token.NewFileSet(), overlay: opts.Overlay},
		sizes:    types.SizesFor("gc", env.GOARCH),
		env:      env,
	}
	if err := env.canCheck(l.nodes); err != nil {
		return nil, err
	}
	l.exports = newExports(l.reader.fset)
	for _, text := range complaints {
		l.problems = append(l.problems, finding.Problem{Message: text})
	}
	broken := withErrors(packages)
	for _, p := range broken {
		delete(l.outside, p.ImportPath) // asked for again, it would only fail again
	}
	l.failures = failures(g.dir, broken)
	return l, nil
}

// complete asks the go command, at the same time, for export data of what is
// not ours and the output of cgo, as far as these nodes need it.
func (l *loaded) complete(ctx context.Context, memo *exportMemo, nodes []*node) error {
	outside := make(map[string]bool)
	for _, n := range nodes {
		for _, id := range n.outside {
			outside[id] = l.outside[id]
		}
	}
	fetched := start(func() ([]*listed, error) { return l.exports.fetch(ctx, l.command, memo, l.outside, outside) })
	compiled, brokenCgo, err := compileCgo(ctx, l.command, nodes)
	brokenExports, fetchErr := fetched()
	if err == nil {
		err = fetchErr
	}
	if err != nil {
		return err
	}
	l.compiled = compiled
	l.failures = failures(l.command.dir, slices.Concat(withErrors(l.listed), brokenCgo, brokenExports))
	attachSources(l.nodes, l.packages, compiled)
	return nil
}

// start runs f at the same time and returns a function that waits for it.
func start[T any](f func() (T, error)) (wait func() (T, error)) {
	var value T
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		value, err = f()
	}()
	return func() (T, error) {
		<-done
		return value, err
	}
}
