package model

import (
	"go/types"
	"slices"
)

// Serves reports whether fn is a method of net/http's Server that serves
// until the server is shut down, and then returns http.ErrServerClosed at
// once, while Shutdown may still wait for connections.
func Serves(fn *types.Func) bool {
	switch Key(fn) {
	case "(net/http.Server).ListenAndServe", "(net/http.Server).ListenAndServeTLS",
		"(net/http.Server).Serve", "(net/http.Server).ServeTLS":
		return true
	}
	return false
}

// ServesForever reports whether fn serves HTTP until that fails: nobody can
// ask it to stop.
func ServesForever(fn *types.Func) bool {
	switch Key(fn) {
	case "net/http.ListenAndServe", "net/http.ListenAndServeTLS":
		return true
	}
	return false
}

// ServingKeys lists the keys of functions that serve HTTP and call the
// handlers registered before, each request on a goroutine of its own.
func ServingKeys() []string {
	return []string{
		"net/http.ListenAndServe", "net/http.ListenAndServeTLS", "net/http.Serve", "net/http.ServeTLS",
		"(net/http.Server).ListenAndServe", "(net/http.Server).ListenAndServeTLS",
		"(net/http.Server).Serve", "(net/http.Server).ServeTLS",
		"(github.com/gin-gonic/gin.Engine).Run", "(github.com/gin-gonic/gin.Engine).RunTLS",
		"(github.com/labstack/echo/v4.Echo).Start", "(github.com/labstack/echo/v4.Echo).StartTLS",
		"(github.com/gofiber/fiber/v2.App).Listen",
	}
}

// NeverNil reports whether the error that fn returns is never nil: a server
// that has stopped says why, if only that it was told to (documentation of
// net/http.Server.Serve).
func NeverNil(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Name() {
	case "http", "gin", "echo":
		return slices.Contains(ServingKeys(), Key(fn))
	}
	return false
}

// EndsServing reports whether fn makes the methods return of which [Serves]
// speaks; graceful tells whether it waits for connections in use.
func EndsServing(fn *types.Func) (ends, graceful bool) {
	switch Key(fn) {
	case "(net/http.Server).Shutdown":
		return true, true
	case "(net/http.Server).Close":
		return true, false
	}
	return false, false
}

// SaysServerClosed reports whether the variable is what those methods return
// after Shutdown and Close.
func SaysServerClosed(v *types.Var) bool {
	return v.Pkg() != nil && v.Pkg().Path() == "net/http" && v.Name() == "ErrServerClosed"
}

// endingWithin names methods that give something up in good order, as long
// as the context that they are given first allows.
var endingWithin = map[string]bool{
	"Shutdown": true, "GracefulShutdown": true, "ForceFlush": true, "Disconnect": true, "Drain": true, "Stop": true, "Close": true,
}

// EndsWithin reports whether fn is a method that gives something up as long
// as its first argument, a context, allows: Shutdown(ctx).
func EndsWithin(fn *types.Func) bool {
	sig := fn.Signature()
	return sig.Recv() != nil && endingWithin[fn.Name()] && sig.Params().Len() > 0 && IsContext(sig.Params().At(0).Type())
}

// IsContext reports whether a type is context.Context.
func IsContext(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && named.Obj().Name() == "Context"
}

// DerivesContext reports whether fn returns a context that is done no later
// than the one that it is given, and the index of that argument.
func DerivesContext(fn *types.Func) (index int, ok bool) {
	switch Key(fn) {
	case "context.WithCancel", "context.WithCancelCause", "context.WithTimeout", "context.WithTimeoutCause",
		"context.WithDeadline", "context.WithDeadlineCause", "context.WithValue",
		"os/signal.NotifyContext", "golang.org/x/sync/errgroup.WithContext":
		return 0, true
	}
	return 0, false
}
