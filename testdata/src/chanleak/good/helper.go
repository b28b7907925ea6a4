package good

import (
	"context"
	"errors"
	"io/fs"
)

type entry struct {
	path string
	err  error
}

var errMany = errors.New("too many")

// entries sends by a literal that gives up with its context.
func entries(ctx context.Context, files fs.FS) <-chan entry {
	out := make(chan entry)
	emit := func(e entry) error {
		select {
		case out <- e:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	go func() {
		defer close(out)
		err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			return emit(entry{path: path})
		})
		if err != nil {
			_ = emit(entry{err: err})
		}
	}()
	return out
}

func countEntries(ctx context.Context, files fs.FS, limit int) (n int, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for e := range entries(ctx, files) {
		if e.err != nil {
			return n, e.err
		}
		if n++; n > limit {
			return n, errMany
		}
	}
	return n, nil
}

// everything sends by a literal, too, and has a reader that takes everything.
func everything(files fs.FS) <-chan entry {
	out := make(chan entry)
	emit := func(e entry) { out <- e }
	go func() {
		defer close(out)
		emit(entry{path: "."})
		_ = fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			emit(entry{path: path, err: err})
			return nil
		})
	}()
	return out
}

func firstError(files fs.FS) (err error) {
	for e := range everything(files) {
		if err == nil {
			err = e.err
		}
	}
	return err
}

// tree sends by literals that call themselves, and each other.
func tree(root string, children func(string) []string) <-chan string {
	out := make(chan string)
	var visit, leave func(string)
	visit = func(node string) {
		for _, child := range children(node) {
			visit(child)
		}
		leave(node)
	}
	leave = func(node string) {
		out <- node
		if node == "" {
			visit(node)
		}
	}
	go func() {
		defer close(out)
		visit(root)
	}()
	return out
}

func depthFirst(root string, children func(string) []string) (nodes []string) {
	for node := range tree(root, children) {
		nodes = append(nodes, node)
	}
	return nodes
}
