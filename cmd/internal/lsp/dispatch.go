package lsp

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// handler returns what is done with each message. Notifications are handled
// in the order in which they come, before anything else is read: two changes
// of a file that overtake each other would leave another text than the
// editor's. Requests only read what is there, so they may run at the same
// time, where $/cancelRequest can reach them.
//
// All requests are released, also the first and the last, which nothing may
// overtake, and those that are refused. Contexts of others are used again by
// the library, and those that CancelHandler derives from them would outlive
// them; and whoever answers while he should read can wait for an editor that
// does the same. What requests do to the phase is done before.
func (s *server) handler() jsonrpc2.Handler {
	serve := protocol.CancelHandler(protocol.ServerHandler(s, jsonrpc2.MethodNotFoundHandler))
	return s.sturdy(func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		refused := s.admit(req.Method())
		if req.IsCall() {
			jsonrpc2.Async(ctx)
		}
		if refused != nil {
			return nil, refused
		}
		bare := len(req.Params()) == 0
		result, err := serve(ctx, req)
		if errors.Is(err, jsonrpc2.ErrParse) {
			err = misread(err, bare)
		}
		return result, err
	})
}

// misread says what the library means by a parse error: parameters of the
// wrong kind or, where there were none, a method that nobody knows.
func misread(err error, bare bool) error {
	if bare {
		return jsonrpc2.ErrMethodNotFound
	}
	return jsonrpc2.NewError(jsonrpc2.InvalidParams, err.Error())
}

// admit refuses what comes before initialize or after shutdown.
func (s *server) admit(method string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case method == protocol.MethodExit:
	case s.phase == greeting && method != protocol.MethodInitialize:
		return jsonrpc2.NewError(jsonrpc2.ServerNotInitialized, method+" before initialize")
	case s.phase == serving && method == protocol.MethodInitialize:
		return jsonrpc2.NewError(jsonrpc2.InvalidRequest, "initialize for the second time")
	case s.phase == leaving:
		return jsonrpc2.NewError(jsonrpc2.InvalidRequest, method+" after shutdown")
	case method == protocol.MethodInitialize:
		s.phase = serving
	case method == protocol.MethodShutdown:
		s.phase = leaving
	}
	return nil
}

// sturdy keeps the conversation alive whatever one message does: an error of
// a notification, which has no answer, would end it.
func (s *server) sturdy(handle jsonrpc2.Handler) jsonrpc2.Handler {
	return func(ctx context.Context, req *jsonrpc2.Request) (result any, err error) {
		method, call := strings.Clone(req.Method()), req.IsCall() // the request is gone when it fails late
		defer func() {
			if v := recover(); v != nil {
				text := fmt.Sprintf("%s failed: %v\n%s", method, v, debug.Stack())
				s.tasks.Go(func() { s.log(protocol.MessageTypeError, text) })
				result, err = nil, jsonrpc2.NewError(jsonrpc2.InternalError, fmt.Sprint(v))
			}
			if err != nil && !call {
				err = nil
			}
		}()
		return handle(ctx, req)
	}
}

// log writes to the editor's log.
func (s *server) log(kind protocol.MessageType, text string) {
	_ = s.client.LogMessage(s.ctx, &protocol.LogMessageParams{Type: kind, Message: text})
}

// show tells the user something.
func (s *server) show(kind protocol.MessageType, text string) {
	_ = s.client.ShowMessage(s.ctx, &protocol.ShowMessageParams{Type: kind, Message: "goconclint: " + text})
}
