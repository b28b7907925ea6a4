// Package match has predicates over syntax and types that several checks
// share, each file one idea. What it says about libraries it reads in the
// model.
package match

import (
	"go/types"
	"strings"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// Handler reports whether a function or method of this signature is called
// by a server once per request, on goroutines that run at the same time:
//
//	func(http.ResponseWriter, *http.Request)
//	func(*gin.Context), func(echo.Context) error, …
//	func (s *T) M(context.Context, *Request) (*Response, error)  // T embeds UnimplementedXServer
//
// The shape is what counts, not a registration, which mostly happens in
// another package.
func Handler(sig *types.Signature) bool {
	return httpHandler(sig) || frameworkHandler(sig) || grpcHandler(sig)
}

func httpHandler(sig *types.Signature) bool {
	params := sig.Params()
	return params.Len() == 2 &&
		model.TypeKey(params.At(0).Type()) == "net/http.ResponseWriter" &&
		model.TypeKey(params.At(1).Type()) == "net/http.Request"
}

func frameworkHandler(sig *types.Signature) bool {
	return sig.Params().Len() == 1 && model.RequestContext(sig.Params().At(0).Type())
}

// grpcHandler asks for the receiver that protoc-gen-go-grpc demands: one
// that embeds the generated server with all methods unimplemented.
func grpcHandler(sig *types.Signature) bool {
	if sig.Recv() == nil || sig.Params().Len() == 0 || sig.Results().Len() == 0 {
		return false
	}
	last := sig.Results().At(sig.Results().Len() - 1).Type()
	return types.Identical(last, types.Universe.Lookup("error").Type()) && embedsUnimplemented(sig.Recv().Type())
}

func embedsUnimplemented(recv types.Type) bool {
	named := model.ReceiverNamed(recv)
	if named == nil {
		return false
	}
	fields, ok := named.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range fields.Fields() {
		if field.Embedded() && strings.HasPrefix(field.Name(), "Unimplemented") && strings.HasSuffix(field.Name(), "Server") {
			return true
		}
	}
	return false
}
