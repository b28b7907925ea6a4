package lsptest

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.lsp.dev/protocol"
)

// note changes what the client knows and wakes those who wait for it.
func (c *Client) note(change func()) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	change()
	c.changed.Broadcast()
	return nil
}

// PublishDiagnostics hears what is wrong with a file.
func (c *Client) PublishDiagnostics(_ context.Context, params *protocol.PublishDiagnosticsParams) error {
	return c.note(func() {
		c.told[filepath.Clean(params.URI.FsPath())] = *params
		c.news.Published++
	})
}

// ShowMessage hears what the user shall see.
func (c *Client) ShowMessage(_ context.Context, params *protocol.ShowMessageParams) error {
	return c.note(func() { c.news.Shown = append(c.news.Shown, params.Message) })
}

// LogMessage hears what goes to the log.
func (c *Client) LogMessage(_ context.Context, params *protocol.LogMessageParams) error {
	return c.note(func() { c.news.Logged = append(c.news.Logged, params.Message) })
}

// RegisterCapability hears what the server wants to be told.
func (c *Client) RegisterCapability(_ context.Context, params *protocol.RegistrationParams) error {
	return c.note(func() {
		for _, r := range params.Registrations {
			c.news.Registered = append(c.news.Registered, r.Method)
		}
	})
}

// WorkDoneProgressCreate hears that work begins.
func (c *Client) WorkDoneProgressCreate(_ context.Context, params *protocol.WorkDoneProgressCreateParams) error {
	return c.note(func() { c.news.Tokens = append(c.news.Tokens, params.Token) })
}

// Progress hears how far work has come.
func (c *Client) Progress(_ context.Context, params *protocol.ProgressParams) error {
	var value struct{ Kind string }
	if err := json.Unmarshal(params.Value, &value); err != nil {
		return err
	}
	return c.note(func() { c.news.Progress = append(c.news.Progress, value.Kind) })
}

// wait waits until something holds, and says what when it never does. The
// function is called with what the client knows locked.
func (c *Client) wait(what string, holds func() bool) {
	c.Helper()
	deadline := time.Now().Add(patience)
	timer := time.AfterFunc(patience, c.changed.Broadcast)
	defer timer.Stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	for !holds() {
		if time.Now().After(deadline) {
			c.Fatalf("waited in vain for %s; known is %v, said %q, logged %q", what, c.told, c.news.Shown, c.news.Logged)
		}
		c.changed.Wait()
	}
}

// Heard waits until the news are as wanted.
func (c *Client) Heard(what string, holds func(*News) bool) {
	c.Helper()
	c.wait(what, func() bool { return holds(&c.news) })
}

// News returns what has been said so far.
func (c *Client) News() News {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.news
	n.Shown, n.Logged, n.Progress = slices.Clone(n.Shown), slices.Clone(n.Logged), slices.Clone(n.Progress)
	return n
}

// Diagnostics waits for what is said of the present text of an open file.
func (c *Client) Diagnostics(path string) []protocol.Diagnostic {
	c.Helper()
	version := c.files[path].version
	var list []protocol.Diagnostic
	c.wait("diagnostics of "+path, func() bool {
		told, known := c.told[path]
		at, _ := told.Version.Get()
		list = told.Diagnostics
		return known && at == version
	})
	return list
}

// Await waits until as many findings are shown in a file, which needn't be
// open.
func (c *Client) Await(path string, findings int) {
	c.Helper()
	c.wait(fmt.Sprintf("%d findings in %s", findings, path), func() bool { return len(c.told[path].Diagnostics) == findings })
}

// Forget makes Diagnostics wait for a run that ends after now.
func (c *Client) Forget(path string) {
	_ = c.note(func() { delete(c.told, path) })
}

// Codes are the names of the checks that found something, in order.
func Codes(list []protocol.Diagnostic) string {
	var codes []string
	for _, d := range list {
		codes = append(codes, string(d.Code.(protocol.String)))
	}
	return strings.Join(codes, " ")
}
