package model

import "go/types"

// mustWraps names, for Must… functions, the function of their package that
// does the same and returns an error, where its name isn't what follows Must.
var mustWraps = map[string]string{
	"github.com/Masterminds/semver.MustParse":               "NewVersion",
	"github.com/Masterminds/semver/v3.MustParse":            "NewVersion",
	"github.com/hashicorp/go-version.Must":                  "NewVersion",
	"k8s.io/apimachinery/pkg/api/resource.MustParse":        "ParseQuantity",
	"k8s.io/apimachinery/pkg/util/version.MustParseGeneric": "ParseGeneric",
}

// MustWraps returns that name, or "".
func MustWraps(fn *types.Func) string { return mustWraps[Key(fn)] }

// LogsAndPanics reports whether fn writes a message and then panics with it.
// The Panic of structured loggers isn't meant: who calls that decided so.
func LogsAndPanics(fn *types.Func) bool {
	switch Key(fn) {
	case "log.Panic", "log.Panicf", "log.Panicln", "(log.Logger).Panic", "(log.Logger).Panicf", "(log.Logger).Panicln":
		return true
	}
	return false
}
