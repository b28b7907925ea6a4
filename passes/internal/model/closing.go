package model

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// servers lists functions that return an error when their receiver is closed
// or shut down, or their first argument, a listener (their documentation).
var servers = map[string]struct{ receiver, argument bool }{
	"net/http.Serve":                      {argument: true},
	"net/http.ServeTLS":                   {argument: true},
	"(os/exec.Cmd).Run":                   {receiver: true},
	"(os/exec.Cmd).Wait":                  {receiver: true},
	"(os/exec.Cmd).Output":                {receiver: true},
	"(os/exec.Cmd).CombinedOutput":        {receiver: true},
	"(net/http.Server).Serve":             {true, true},
	"(net/http.Server).ServeTLS":          {true, true},
	"(net/http.Server).ListenAndServe":    {receiver: true},
	"(net/http.Server).ListenAndServeTLS": {receiver: true},
	"net/http/fcgi.Serve":                 {argument: true},
	"(net.Listener).Accept":               {receiver: true},
	"(net.TCPListener).Accept":            {receiver: true},
	"(net.TCPListener).AcceptTCP":         {receiver: true},
	"(net.UnixListener).Accept":           {receiver: true},
	"(net.UnixListener).AcceptUnix":       {receiver: true},
	"(net.PacketConn).ReadFrom":           {receiver: true},
	"(net.UDPConn).Read":                  {receiver: true},
	"(net.UDPConn).ReadFrom":              {receiver: true},
	"(net.UDPConn).ReadFromUDP":           {receiver: true},
}

// FailsWhenClosed reports whether fn blocks until its receiver or first
// argument is closed, and then returns an error.
func FailsWhenClosed(fn *types.Func) (receiver, argument bool) {
	server := servers[Key(fn)]
	return server.receiver, server.argument
}

// ServesOn reports whether such a function goes on until it fails.
func ServesOn(fn *types.Func) bool {
	return strings.Contains(fn.Name(), "Serve") || strings.HasPrefix(Key(fn), "(os/exec.Cmd).")
}

// ClosedError returns the error that such a function returns when it is told
// to stop, as in "net/http.ErrServerClosed", or "".
func ClosedError(fn *types.Func) string {
	switch key := Key(fn); {
	case strings.HasPrefix(key, "(net/http.Server)."):
		return "net/http.ErrServerClosed"
	case strings.HasPrefix(key, "net/http.Serve"):
		return "net.ErrClosed"
	}
	return ""
}

// Kills reports whether fn ends another process, which Run and Wait of its
// command then report.
func Kills(fn *types.Func) bool {
	switch Key(fn) {
	case "(os.Process).Kill", "(os.Process).Signal":
		return true
	}
	return false
}

// Asserts reports whether fn is an assertion of a testing library, which
// fails the test that is its first argument.
func Asserts(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "github.com/stretchr/testify/assert", "github.com/stretchr/testify/require",
		"gotest.tools/assert", "gotest.tools/v3/assert", "github.com/alecthomas/assert/v2":
		return fn.Signature().Recv() == nil
	}
	return false
}

// WantsNoError reports whether a call is such an assertion, that there is no
// error.
func WantsNoError(info *types.Info, call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || !Asserts(fn) {
		return false
	}
	switch fn.Name() {
	case "NoError", "NoErrorf", "NilError", "Nil":
		return true
	}
	return false
}
