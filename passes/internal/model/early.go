package model

import (
	"go/types"
	"strings"
)

// readsContent lists functions that return what their receiver, or the
// operand of their pointer argument, holds at the moment.
var readsContent = map[string]bool{
	"(strings.Builder).String": true,
	"(strings.Builder).Len":    true,
	"(bytes.Buffer).String":    true,
	"(bytes.Buffer).Bytes":     true,
	"(bytes.Buffer).Len":       true,
}

// ReadsContent reports whether fn returns what its receiver, or the operand
// of its only argument, a pointer, holds at the moment, and changes nothing.
func ReadsContent(fn *types.Func) bool {
	if fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic" {
		return strings.HasPrefix(fn.Name(), "Load")
	}
	return readsContent[Key(fn)]
}

// formatting lists packages whose functions make something to read out of
// their operands and do nothing else.
var formatting = map[string]bool{"errors": true, "strconv": true, "strings": true}

// Formats reports whether fn makes a string, an error or a part of a log
// record out of its operands and does nothing else.
func Formats(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Signature().Recv() != nil {
		return false
	}
	switch path := fn.Pkg().Path(); path {
	case "fmt":
		return strings.HasPrefix(fn.Name(), "Sprint") || fn.Name() == "Errorf"
	case "log/slog", "go.uber.org/zap":
		return makesAttribute(fn)
	default:
		return formatting[path]
	}
}

// makesAttribute reports whether fn of a logging package returns one key with
// its value.
func makesAttribute(fn *types.Func) bool {
	results := fn.Signature().Results()
	if results.Len() != 1 {
		return false
	}
	named := ReceiverNamed(results.At(0).Type())
	return named != nil && (named.Obj().Name() == "Attr" || named.Obj().Name() == "Field")
}

// reporting holds the first words of the names of functions that tell
// somebody a value: printers, loggers, metrics, traces.
var reporting = map[string]bool{
	"print": true, "println": true, "printf": true, "fprint": true, "fprintln": true, "fprintf": true,
	"log": true, "logf": true, "logln": true, "debug": true, "debugf": true, "debugw": true, "debugln": true,
	"info": true, "infof": true, "infow": true, "infoln": true, "warn": true, "warnf": true, "warnw": true,
	"warning": true, "warningf": true, "error": true, "errorf": true, "errorw": true, "errorln": true,
	"trace": true, "tracef": true, "notice": true, "noticef": true,
	"fatal": true, "fatalf": true, "report": true, "record": true, "observe": true, "measure": true, "audit": true, "emit": true, "notify": true,
}

// Reports reports whether a function of this name tells somebody the values
// that it is given, rather than setting something to them.
func Reports(name string) bool { return reporting[FirstWord(name)] }

// FirstWord returns the first word of a name in mixed caps, in lower case.
func FirstWord(name string) string {
	for i, r := range name {
		if i > 0 && 'A' <= r && r <= 'Z' {
			return strings.ToLower(name[:i])
		}
	}
	return strings.ToLower(name)
}

// DecoratesLogger reports whether fn makes a logger or log record that
// carries its operands out of its receiver, as logger.With and
// entry.WithError do.
func DecoratesLogger(fn *types.Func) bool {
	return fn.Signature().Recv() != nil && FirstWord(fn.Name()) == "with"
}
