package model

import (
	"go/types"
	"strings"
)

// requestContexts are the types of which web frameworks hand one to each
// handler (their documentation).
var requestContexts = map[string]bool{
	"github.com/gin-gonic/gin.Context":                  true,
	"github.com/labstack/echo.Context":                  true,
	"github.com/labstack/echo/v4.Context":               true,
	"github.com/gofiber/fiber.Ctx":                      true,
	"github.com/gofiber/fiber/v2.Ctx":                   true,
	"github.com/gofiber/fiber/v3.Ctx":                   true,
	"github.com/valyala/fasthttp.RequestCtx":            true,
	"github.com/cloudwego/hertz/pkg/app.RequestContext": true,
}

// RequestContext reports whether a web framework hands a value of this type,
// or a pointer to one, to each handler that it calls.
func RequestContext(t types.Type) bool { return requestContexts[TypeKey(t)] }

// TypeKey returns the name under which the table knows a type, "pkg/path.Name",
// a pointer taken off, or "" for types without a name or package.
func TypeKey(t types.Type) string {
	named := ReceiverNamed(t)
	if named == nil || named.Obj().Pkg() == nil {
		return ""
	}
	return strings.TrimPrefix(named.Obj().Pkg().Path(), "vendor/") + "." + named.Obj().Name()
}

// AbortsHandler reports whether a handler panics with the variable to say
// that it gives up: net/http recovers it.
func AbortsHandler(v *types.Var) bool {
	return v.Pkg() != nil && v.Pkg().Path() == "net/http" && v.Name() == "ErrAbortHandler"
}

// ProxiesRequests reports whether obj is a reverse proxy, or makes one: a
// handler that gives a response up when its backend breaks off.
func ProxiesRequests(obj types.Object) bool {
	if obj.Pkg() == nil || obj.Pkg().Path() != "net/http/httputil" {
		return false
	}
	return obj.Name() == "ReverseProxy" || obj.Name() == "NewSingleHostReverseProxy"
}
