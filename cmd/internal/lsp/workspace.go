package lsp

import (
	"context"
	"encoding/json"
	"slices"

	"go.lsp.dev/protocol"
)

// watched are the files that decide what is found beside those that are
// open: Go files of the same packages and of those that they import, the
// modules, and our configuration.
var watched = []string{"**/*.go", "**/go.mod", "**/go.sum", "**/go.work", "**/.goconclint.yaml"}

// watch asks the editor to tell about them.
func (s *server) watch() {
	var options struct {
		Watchers []map[string]string `json:"watchers"`
	}
	for _, glob := range watched {
		options.Watchers = append(options.Watchers, map[string]string{"globPattern": glob})
	}
	data, err := json.Marshal(options)
	if err != nil {
		return
	}
	_ = s.client.RegisterCapability(s.ctx, &protocol.RegistrationParams{Registrations: []protocol.Registration{
		{ID: "goconclint-files", Method: protocol.MethodWorkspaceDidChangeWatchedFiles, RegisterOptions: data},
	}})
}

// DidChangeWatchedFiles looks at everything again. Whatever hasn't changed
// costs little, by the store. Of open files the editor's text counts, so that
// what happens to them on disk is nothing new.
func (s *server) DidChangeWatchedFiles(_ context.Context, params *protocol.DidChangeWatchedFilesParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if slices.ContainsFunc(params.Changes, func(e protocol.FileEvent) bool { return s.open[pathOf(e.URI)] == nil }) {
		s.settle()
	}
	return nil
}

// DidChangeConfiguration looks at everything again: an editor may send it
// after its user has edited a configuration.
func (s *server) DidChangeConfiguration(context.Context, *protocol.DidChangeConfigurationParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	return nil
}

// DidChangeWorkspaceFolders takes folders into the workspace and out of it.
func (s *server) DidChangeWorkspaceFolders(_ context.Context, params *protocol.DidChangeWorkspaceFoldersParams) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range params.Event.Removed {
		s.folders = slices.DeleteFunc(s.folders, func(dir string) bool { return dir == pathOf(f.URI) })
	}
	for _, f := range params.Event.Added {
		s.folders = append(s.folders, pathOf(f.URI))
	}
	s.settle()
	return nil
}
