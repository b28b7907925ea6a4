package bad

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"testing"
)

type span struct{ name string }

func startSpan(ctx context.Context, name string) (context.Context, *span) { return ctx, &span{name} }

func (s *span) End(err error) { log.Println(s.name, err) }

type auditor struct{ logger *slog.Logger }

func (a *auditor) done(action string, err error) { a.logger.Info(action, "err", err) }

// A named result, set by its return statements.
func (a *auditor) remove(path string) (err error) {
	defer a.done("remove", err) // want `err is evaluated at the defer statement: a.done gets its value from before line \d+ sets it`
	if path == "" {
		return errors.New("no path")
	}
	return os.Remove(path)
}

// A result of another name for what the function returns anyway.
func (a *auditor) rename(from, to string) error {
	var err error
	defer fmt.Println("rename:", from, err) // want `err is evaluated at the defer statement: fmt.Println gets`
	if err = os.Rename(from, to); err != nil {
		return fmt.Errorf("rename: %w", err)
	}
	return nil
}

// The error of an earlier step, checked and gone.
func (a *auditor) copyFile(ctx context.Context, from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	ctx, sp := startSpan(ctx, "copy")
	defer sp.End(err) // want `err is evaluated at the defer statement: sp.End gets its value`
	dst, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err = io.Copy(dst, src); err != nil {
		return err
	}
	return dst.Close()
}

// Set by a closure that runs in between, and by one deferred later.
func (a *auditor) each(paths []string, visit func(func(string))) {
	var failed error
	defer a.done("each", failed) // want `failed is evaluated`
	visit(func(path string) {
		if err := os.Remove(path); err != nil {
			failed = errors.Join(failed, err)
		}
	})
}

func produce(w *io.PipeWriter, r io.Reader) (err error) {
	defer w.CloseWithError(err) // want `err is evaluated at the defer statement: w.CloseWithError gets`
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("producer: %v", e)
		}
	}()
	_, err = io.Copy(w, r)
	return err
}

// Dressed up on the way.
func logged(logger *slog.Logger, path string) (err error) {
	defer logger.Info("stat", slog.String("path", path), slog.Any("err", err)) // want `err is evaluated at the defer statement: logger.Info gets`
	defer logger.With("err", err).Info("done")                                 // want `err is evaluated`
	defer log.Print(fmt.Sprintf("stat %s: %v", path, err))                     // want `err is evaluated`
	defer publish(&event{name: "stat", err: err})                              // want `err is evaluated at the defer statement: publish gets`
	_, err = os.Stat(path)
	return err
}

type event struct {
	name string
	err  error
}

func publish(e *event) { log.Println(*e) }

// A literal's parameter that hides the variable.
func create(path string) (f *os.File, err error) {
	f, err = os.Create(path)
	if err != nil {
		return nil, err
	}
	defer func(err error) {
		if err != nil {
			os.Remove(path)
		}
	}(err) // want `err is evaluated at the defer statement: the function literal gets`
	if _, err = f.WriteString("header\n"); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// An error kept in a field.
type job struct {
	name string
	err  error
}

func (j *job) run() {
	defer log.Println("job", j.name, "ended:", j.err) // want `j.err is evaluated`
	_, j.err = os.Stat(j.name)
}

func TestReports(t *testing.T) {
	var err error
	defer t.Log("last error:", err) // want `err is evaluated`
	err = os.Chdir(t.TempDir())
}
