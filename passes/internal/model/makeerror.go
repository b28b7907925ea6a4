package model

import "go/types"

// MakesError reports whether fn makes an error of its operands, never nil.
func MakesError(fn *types.Func) bool {
	switch Key(fn) {
	case "errors.New", "fmt.Errorf",
		"google.golang.org/grpc/status.Errorf", "github.com/pkg/errors.New", "github.com/pkg/errors.Errorf":
		return true
	}
	return false
}
