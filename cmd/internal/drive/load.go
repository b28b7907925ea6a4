package drive

import (
	"context"
	"go/token"
	"go/types"
	"slices"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// loaded is all that a run needs to know before it reads a source file.
type loaded struct {
	*graph
	reader   *reader
	exports  *exports
	sizes    types.Sizes
	env      goEnv
	failures []failure         // packages that can't be had, by what the go command says
	problems []finding.Problem // complaints about no package in particular
}

// load asks the go command for everything: the graph, then, at the same
// time, export data of what is not ours and the output of cgo.
func load(ctx context.Context, opts Options) (*loaded, error) {
	overlay, cleanup, err := overlayFiles(opts.Overlay)
	if err != nil {
		return nil, err
	}
	defer cleanup()
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
	l := &loaded{env: env, graph: buildGraph(packages, len(factOwners(opts.Analyzers)) > 0)}
	if err := env.canCheck(l.nodes); err != nil {
		return nil, err
	}
	l.reader = &reader{fset: token.NewFileSet(), overlay: opts.Overlay}
	l.exports = newExports(l.reader.fset)
	l.sizes = types.SizesFor("gc", env.GOARCH)
	for _, text := range complaints {
		l.problems = append(l.problems, finding.Problem{Message: text})
	}
	return l, l.complete(ctx, g, packages)
}

// complete fetches what the nodes need beside the graph.
func (l *loaded) complete(ctx context.Context, g *goCommand, packages []*listed) error {
	for _, p := range withErrors(packages) {
		delete(l.outside, p.ImportPath) // asked for again, it would only fail again
	}
	fetched := start(func() ([]*listed, error) { return l.exports.fetch(ctx, g, l.outside) })
	compiled, brokenCgo, err := compileCgo(ctx, g, l.nodes)
	brokenExports, fetchErr := fetched()
	if err == nil {
		err = fetchErr
	}
	if err != nil {
		return err
	}
	l.failures = failures(g.dir, slices.Concat(withErrors(packages), brokenCgo, brokenExports))
	attachSources(l.nodes, indexed(packages), compiled)
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
