package model

import (
	"go/types"
	"strings"
)

// neverReturns lists functions whose documentation says that they don't
// return: they end the process or the goroutine, or panic.
var neverReturns = map[string]bool{
	"os.Exit":              true,
	"syscall.Exit":         true,
	"runtime.Goexit":       true,
	"log.Fatal":            true,
	"log.Fatalf":           true,
	"log.Fatalln":          true,
	"log.Panic":            true,
	"log.Panicf":           true,
	"log.Panicln":          true,
	"(log.Logger).Fatal":   true,
	"(log.Logger).Fatalf":  true,
	"(log.Logger).Fatalln": true,
	"(log.Logger).Panic":   true,
	"(log.Logger).Panicf":  true,
	"(log.Logger).Panicln": true,

	// package testing: FailNow and what is documented to be equivalent to a
	// call of it, or of SkipNow, which both call runtime.Goexit.
	"(testing.common).FailNow": true,
	"(testing.common).Fatal":   true,
	"(testing.common).Fatalf":  true,
	"(testing.common).Skip":    true,
	"(testing.common).Skipf":   true,
	"(testing.common).SkipNow": true,
	"(testing.TB).FailNow":     true,
	"(testing.TB).Fatal":       true,
	"(testing.TB).Fatalf":      true,
	"(testing.TB).Skip":        true,
	"(testing.TB).Skipf":       true,
	"(testing.TB).SkipNow":     true,

	// loggers that many programs use (their documentation).
	"k8s.io/klog/v2.Exit":                       true,
	"k8s.io/klog/v2.Exitf":                      true,
	"k8s.io/klog/v2.Fatal":                      true,
	"k8s.io/klog/v2.Fatalf":                     true,
	"k8s.io/klog/v2.Fatalln":                    true,
	"github.com/sirupsen/logrus.Fatal":          true,
	"github.com/sirupsen/logrus.Fatalf":         true,
	"github.com/sirupsen/logrus.Fatalln":        true,
	"github.com/sirupsen/logrus.Panic":          true,
	"github.com/sirupsen/logrus.Panicf":         true,
	"github.com/sirupsen/logrus.Panicln":        true,
	"(github.com/sirupsen/logrus.Logger).Fatal": true,
	"(github.com/sirupsen/logrus.Entry).Fatal":  true,
	"(github.com/sirupsen/logrus.Entry).Fatalf": true,
	"(go.uber.org/zap.Logger).Fatal":            true,
	"(go.uber.org/zap.Logger).Panic":            true,
	"(go.uber.org/zap.SugaredLogger).Fatal":     true,
	"(go.uber.org/zap.SugaredLogger).Fatalf":    true,
	"(go.uber.org/zap.SugaredLogger).Fatalw":    true,
	"(go.uber.org/zap.SugaredLogger).Panic":     true,
	"(go.uber.org/zap.SugaredLogger).Panicf":    true,
}

// NeverReturns reports whether the table says that calls to fn never return.
// Interfaces that stand for testing.TB promise what it does.
func NeverReturns(fn *types.Func) bool { return neverReturns[Key(fn)] || endsTest(fn) }

// endsTest reports whether fn is FailNow or SkipNow of an interface.
func endsTest(fn *types.Func) bool {
	if fn.Name() != "FailNow" && fn.Name() != "SkipNow" {
		return false
	}
	sig := fn.Signature()
	return sig.Recv() != nil && types.IsInterface(sig.Recv().Type()) && sig.Params().Len() == 0 && sig.Results().Len() == 0
}

// EndsProcess reports whether fn, which never returns, ends the process, so
// that deferred calls don't run.
func EndsProcess(fn *types.Func) bool {
	switch key := Key(fn); {
	case key == "os.Exit" || key == "syscall.Exit":
		return true
	case strings.HasPrefix(key, "(testing."):
		return false
	default:
		name := fn.Name()
		return strings.HasPrefix(name, "Fatal") || strings.HasPrefix(name, "Exit")
	}
}
