// Package pipes holds io.Pipes of which one end is left alone.
package pipes

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"golang.org/x/sync/errgroup"
)

type backup struct {
	client *http.Client
	login  func(context.Context) (token string, err error)
	dump   func(io.Writer) error
}

// Send leaves the dump behind if nobody may log in.
func (b *backup) Send(ctx context.Context, url string) error {
	pr, pw := io.Pipe()
	go func() {
		gz := gzip.NewWriter(pw)
		err := b.dump(gz)
		if cerr := gz.Close(); err == nil {
			err = cerr
		}
		pw.CloseWithError(err)
	}()
	token, err := b.login(ctx)
	if err != nil {
		return fmt.Errorf("login: %w", err) // want `return leaves pr neither read nor closed: the goroutine started at pipes.go:\d+, which writes to pw, waits for ever`
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

// Restore reads what a method writes, but not if the size is wrong.
func (b *backup) Restore(size int64, read func(io.Reader) error) error {
	r, w := io.Pipe()
	go b.fill(w)
	switch {
	case size < 0:
		return fmt.Errorf("size %d", size) // want `return leaves r neither read nor closed: the goroutine started at pipes.go:\d+, which writes to w, waits for ever`
	case size > 1<<30:
		r.CloseWithError(io.ErrShortBuffer)
		return io.ErrShortBuffer
	}
	return read(io.LimitReader(r, size))
}

func (b *backup) fill(w *io.PipeWriter) { w.CloseWithError(b.dump(w)) }

// Rows are decoded by a goroutine, which waits for more where one is bad.
func Rows(rows []map[string]any, valid func(map[string]any) error, save func(map[string]any)) error {
	in, out := io.Pipe()
	go func() {
		lines := bufio.NewScanner(in)
		for lines.Scan() {
			var row map[string]any
			if json.Unmarshal(lines.Bytes(), &row) == nil {
				save(row)
			}
		}
	}()
	enc := json.NewEncoder(out)
	for _, row := range rows {
		if err := valid(row); err != nil {
			return err // want `return leaves out open: the goroutine started at pipes.go:\d+, which reads from in, waits for ever`
		}
		if err := enc.Encode(row); err != nil {
			out.CloseWithError(err)
			return err
		}
	}
	return out.Close()
}

// Copy starts its writer by way of a group that it doesn't wait for if the
// target can't be opened.
func Copy(ctx context.Context, from func(io.Writer) error, open func() (io.WriteCloser, error)) error {
	pr, pw := io.Pipe()
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error {
		err := from(pw)
		pw.CloseWithError(err)
		return err
	})
	target, err := open()
	if err != nil {
		return err // want `return leaves pr neither read nor closed`
	}
	if _, err := io.Copy(target, pr); err != nil {
		pr.CloseWithError(err)
		return err
	}
	return g.Wait()
}
