package lsp

import (
	"context"
	"path/filepath"
	"time"

	"go.lsp.dev/protocol"
)

// Initialize learns what the editor can do and says what we offer.
func (s *server) Initialize(_ context.Context, params *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.can = abilitiesOf(params.Capabilities)
	s.folders = foldersOf(params)
	yes, incremental := true, protocol.TextDocumentSyncKindIncremental
	return &protocol.InitializeResult{
		ServerInfo: protocol.ServerInfo{Name: "goconclint", Version: protocol.NewOptional(s.opts.Version)},
		Capabilities: protocol.ServerCapabilities{
			PositionEncoding: protocol.PositionEncodingKindUTF16,
			TextDocumentSync: &protocol.TextDocumentSyncOptions{OpenClose: &yes, Change: &incremental, Save: &protocol.SaveOptions{}},
			HoverProvider:    protocol.Boolean(true),
			CodeActionProvider: &protocol.CodeActionOptions{
				CodeActionKinds: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix},
			},
			Workspace: &protocol.WorkspaceOptions{WorkspaceFolders: &protocol.WorkspaceFoldersServerCapabilities{
				Supported: &yes, ChangeNotifications: protocol.Boolean(true),
			}},
		},
	}, nil
}

func abilitiesOf(c protocol.ClientCapabilities) abilities {
	var can abilities
	if w := c.Workspace; w != nil {
		can.watching = w.DidChangeWatchedFiles != nil && is(w.DidChangeWatchedFiles.DynamicRegistration)
		if e := w.WorkspaceEdit; e != nil {
			can.versions, can.snippets = is(e.DocumentChanges), is(e.SnippetEditSupport)
		}
	}
	if c.Window != nil {
		can.progress = is(c.Window.WorkDoneProgress)
	}
	if c.TextDocument != nil && c.TextDocument.Hover != nil {
		for _, kind := range c.TextDocument.Hover.ContentFormat {
			can.markdown = can.markdown || kind == protocol.MarkupKindMarkdown
		}
	}
	return can
}

func is(flag *bool) bool { return flag != nil && *flag }

// foldersOf returns the folders of the workspace, in whichever of three ways
// the editor names them.
func foldersOf(params *protocol.InitializeParams) []string {
	var list []string
	if folders, ok := params.WorkspaceFolders.Get(); ok {
		for _, f := range folders {
			list = append(list, pathOf(f.URI))
		}
		return list
	}
	root, path := params.RootURI, params.RootPath //nolint:staticcheck // deprecated, but all that some editors say
	if root != nil {
		return []string{pathOf(*root)}
	}
	if dir, ok := path.Get(); ok && dir != "" {
		return []string{filepath.Clean(dir)}
	}
	return nil
}

// Initialized asks the editor to tell about files that matter and that aren't
// open.
func (s *server) Initialized(context.Context, *protocol.InitializedParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.can.watching {
		s.tasks.Go(s.watch)
	}
	return nil
}

// Shutdown ends all work.
func (s *server) Shutdown(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running != nil {
		s.running.cancel()
	}
	for _, u := range s.units {
		u.due = time.Time{}
	}
	return nil
}

// Exit ends the conversation.
func (s *server) Exit(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.orderly = s.phase == leaving
	select {
	case <-s.exited:
	default:
		close(s.exited)
	}
	return nil
}
