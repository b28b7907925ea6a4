// Package lsptest is an editor without a screen, for tests of the language
// server: it opens files, types, and waits for what it is told.
package lsptest

import (
	"context"
	"io"
	"os"
	"sync"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// patience is how long a test waits for what has to come.
const patience = 2 * time.Minute

// A Client is an editor in a conversation with a server.
type Client struct {
	protocol.UnimplementedClient
	testing.TB

	Server protocol.Server
	Conn   jsonrpc2.Conn
	Status chan int // receives the server's exit status

	hangUp func()

	mu      sync.Mutex
	changed *sync.Cond
	told    map[string]protocol.PublishDiagnosticsParams // the last of each file, by path
	files   map[string]*file
	news    News
}

// News is what a server has said beside diagnostics.
type News struct {
	Shown, Logged []string
	Progress      []string // kinds of progress: begin, report, end
	Tokens        []protocol.ProgressToken
	Registered    []string // methods
	Published     int      // sets of diagnostics
}

// A file is one that is open.
type file struct {
	version int32
	text    string
}

// Start begins a conversation with a server, given as a function that talks
// until it is told to exit and returns the exit status.
func Start(t testing.TB, serve func(ctx context.Context, in io.Reader, out io.Writer) int) *Client {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	c := &Client{
		TB: t, Status: make(chan int, 1),
		told: make(map[string]protocol.PublishDiagnosticsParams), files: make(map[string]*file),
	}
	c.changed = sync.NewCond(&c.mu)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		c.Status <- serve(ctx, toServer, fromServer)
		_ = fromServer.Close()
		_ = toServer.Close()
	}()
	c.hangUp = func() { _ = fromClient.Close() }
	c.Conn = jsonrpc2.NewConn(jsonrpc2.NewHeaderStream(duplex{toClient, fromClient}), jsonrpc2.WithCodec(codec{}))
	c.Server = protocol.ServerDispatcher(c.Conn)
	c.Conn.Go(ctx, protocol.ClientHandler(c, jsonrpc2.MethodNotFoundHandler))
	t.Cleanup(func() {
		c.hangUp()
		cancel()
		<-c.Conn.Done()
	})
	return c
}

// HangUp closes the connection as an editor does that dies.
func (c *Client) HangUp() { c.hangUp() }

type duplex struct {
	io.Reader
	io.WriteCloser
}

type codec struct{}

func (codec) Marshal(v any) ([]byte, error)      { return protocol.Marshal(v) }
func (codec) Unmarshal(data []byte, v any) error { return protocol.Unmarshal(data, v) }

// check fails the test for an error of the conversation.
func (c *Client) check(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// Initialize says hello, with the folders of the workspace.
func (c *Client) Initialize(folders ...string) *protocol.InitializeResult {
	c.Helper()
	yes := true
	params := &protocol.InitializeParams{Capabilities: protocol.ClientCapabilities{
		Workspace: &protocol.WorkspaceClientCapabilities{
			WorkspaceEdit:         &protocol.WorkspaceEditClientCapabilities{DocumentChanges: &yes},
			DidChangeWatchedFiles: &protocol.DidChangeWatchedFilesClientCapabilities{DynamicRegistration: &yes},
		},
		Window: &protocol.WindowClientCapabilities{WorkDoneProgress: &yes},
		TextDocument: &protocol.TextDocumentClientCapabilities{
			Hover: &protocol.HoverClientCapabilities{ContentFormat: []protocol.MarkupKind{protocol.MarkupKindMarkdown}},
		},
	}}
	params.WorkspaceFolders = protocol.NewNullable(Folders(folders...))
	result, err := c.Server.Initialize(context.Background(), params)
	c.check(err)
	c.check(c.Server.Initialized(context.Background(), &protocol.InitializedParams{}))
	return result
}

// Folders are those of a workspace.
func Folders(dirs ...string) []protocol.WorkspaceFolder {
	list := []protocol.WorkspaceFolder{}
	for _, dir := range dirs {
		list = append(list, protocol.WorkspaceFolder{URI: uri.File(dir), Name: dir})
	}
	return list
}

// Quit ends the conversation in order and returns the exit status.
func (c *Client) Quit() int {
	c.Helper()
	c.check(c.Server.Shutdown(context.Background()))
	c.check(c.Server.Exit(context.Background()))
	return c.ExitStatus()
}

// ExitStatus waits for the server to end.
func (c *Client) ExitStatus() int {
	c.Helper()
	select {
	case status := <-c.Status:
		return status
	case <-time.After(patience):
		c.Fatal("the server doesn't end")
		return -1
	}
}

// Open opens a file as it is on disk.
func (c *Client) Open(path string) {
	c.Helper()
	content, err := os.ReadFile(path)
	c.check(err)
	c.OpenText(path, string(content))
}

// OpenText opens a file with contents that needn't be on disk.
func (c *Client) OpenText(path, text string) {
	c.Helper()
	c.files[path] = &file{1, text}
	c.check(c.Server.DidOpen(context.Background(), &protocol.DidOpenTextDocumentParams{
		TextDocument: protocol.TextDocumentItem{URI: uri.File(path), LanguageID: "go", Version: 1, Text: text},
	}))
}

// Type sends changes of an open file that make it the given text.
func (c *Client) Type(path, text string, changes ...protocol.TextDocumentContentChangeEvent) {
	c.Helper()
	f := c.files[path]
	f.version++
	f.text = text
	if len(changes) == 0 {
		changes = []protocol.TextDocumentContentChangeEvent{&protocol.TextDocumentContentChangeWholeDocument{Text: text}}
	}
	c.check(c.Server.DidChange(context.Background(), &protocol.DidChangeTextDocumentParams{
		TextDocument: protocol.VersionedTextDocumentIdentifier{
			TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: uri.File(path)}, Version: f.version,
		},
		ContentChanges: changes,
	}))
}

// Text is what the file is in the editor.
func (c *Client) Text(path string) string { return c.files[path].text }

// Save writes an open file and says so.
func (c *Client) Save(path string) {
	c.Helper()
	c.check(os.WriteFile(path, []byte(c.files[path].text), 0o666))
	c.check(c.Server.DidSave(context.Background(), &protocol.DidSaveTextDocumentParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: uri.File(path)},
	}))
}

// Close closes a file without saving it.
func (c *Client) Close(path string) {
	c.Helper()
	delete(c.files, path)
	c.check(c.Server.DidClose(context.Background(), &protocol.DidCloseTextDocumentParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: uri.File(path)},
	}))
}

// Watched tells of files that have changed on disk.
func (c *Client) Watched(paths ...string) {
	c.Helper()
	params := new(protocol.DidChangeWatchedFilesParams)
	for _, path := range paths {
		params.Changes = append(params.Changes, protocol.FileEvent{URI: uri.File(path), Type: protocol.FileChangeTypeChanged})
	}
	c.check(c.Server.DidChangeWatchedFiles(context.Background(), params))
}

// Actions asks what can be done at a range of a file.
func (c *Client) Actions(path string, where protocol.Range, only ...protocol.CodeActionKind) []*protocol.CodeAction {
	c.Helper()
	list, err := c.Server.CodeAction(context.Background(), &protocol.CodeActionParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: uri.File(path)}, Range: where,
		Context: protocol.CodeActionContext{Diagnostics: []protocol.Diagnostic{}, Only: only},
	})
	c.check(err)
	var actions []*protocol.CodeAction
	for _, a := range list {
		actions = append(actions, a.(*protocol.CodeAction))
	}
	return actions
}

// Hover asks what is shown at a place, "" for nothing.
func (c *Client) Hover(path string, at protocol.Position) string {
	c.Helper()
	hover, err := c.Server.Hover(context.Background(), &protocol.HoverParams{TextDocumentPositionParams: protocol.TextDocumentPositionParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: uri.File(path)}, Position: at,
	}})
	c.check(err)
	if hover == nil {
		return ""
	}
	return hover.Contents.(*protocol.MarkupContent).Value
}
