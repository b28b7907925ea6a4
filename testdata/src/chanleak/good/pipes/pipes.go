// Package pipes holds io.Pipes whose ends are seen to on each path.
package pipes

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
)

type backup struct {
	client *http.Client
	login  func(context.Context) (token string, err error)
	dump   func(io.Writer) error
}

// Send closes the end that it reads from, whatever happens.
func (b *backup) Send(ctx context.Context, url string) error {
	pr, pw := io.Pipe()
	go func() { pw.CloseWithError(b.dump(pw)) }()
	defer pr.Close()
	token, err := b.login(ctx)
	if err != nil {
		return fmt.Errorf("login: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, url, pr)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", token)
	resp, err := b.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// SendLate starts the writer when nothing else can fail.
func (b *backup) SendLate(ctx context.Context, url string) error {
	pr, pw := io.Pipe()
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, url, pr)
	if err != nil {
		return err
	}
	go func() { pw.CloseWithError(b.dump(pw)) }()
	token, err := b.login(ctx)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", token)
	resp, err := b.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Open gives the end to its caller, or tells the writer that it has failed.
func (b *backup) Open(ctx context.Context) (io.ReadCloser, error) {
	pr, pw := io.Pipe()
	go func() { pw.CloseWithError(b.dump(pw)) }()
	if _, err := b.login(ctx); err != nil {
		_ = pr.CloseWithError(err)
		return nil, err
	}
	return pr, nil
}

// A tee keeps the end in an object.
type tee struct{ r *io.PipeReader }

func (b *backup) tee(t *tee, ready func() error) error {
	pr, pw := io.Pipe()
	t.r = pr
	go func() { pw.CloseWithError(b.dump(pw)) }()
	return ready()
}

// Verify waits for the writer before it leaves; that has failed then.
func (b *backup) Verify(sum func(io.Reader) error) error {
	pr, pw := io.Pipe()
	started := make(chan error, 1)
	go func() {
		if b.dump == nil {
			started <- io.ErrUnexpectedEOF
			return
		}
		started <- nil
		pw.CloseWithError(b.dump(pw))
	}()
	if err := <-started; err != nil {
		return err
	}
	return sum(pr)
}

// Lines closes its writer in any case: the reader is done then.
func Lines(texts []string, check func(string) error, say func(string)) (err error) {
	pr, pw := io.Pipe()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for lines := bufio.NewScanner(pr); lines.Scan(); {
			say(lines.Text())
		}
	}()
	defer wg.Wait()
	defer func() { pw.CloseWithError(err) }()
	for _, text := range texts {
		if err := check(text); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(pw, text); err != nil {
			return err
		}
	}
	return nil
}

// Filter hears by a failed write that its reader has ended, which closes its
// end.
func Filter(texts []string, keep func(io.Reader) error) error {
	pr, pw := io.Pipe()
	go func() { pr.CloseWithError(keep(pr)) }()
	for _, text := range texts {
		if _, err := io.WriteString(pw, text); err != nil {
			return err
		}
	}
	return pw.Close()
}

// Log gives the writer to somebody who closes it.
func Log(run func(out io.WriteCloser) error, prepare func() error, say func(string)) error {
	pr, pw := io.Pipe()
	go func() {
		for lines := bufio.NewScanner(pr); lines.Scan(); {
			say(lines.Text())
		}
	}()
	if err := run(pw); err != nil {
		return err
	}
	return prepare()
}
