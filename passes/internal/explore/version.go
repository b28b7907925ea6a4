package explore

import (
	"go/version"
	"strconv"
	"strings"
)

// goVersion returns the minor version of the language that the package is
// written in. Timers follow it, as the go line of the main module sets the
// default of GODEBUG's asynctimerchan; an unknown version is the newest.
func goVersion(m *machine, inv *invocation, d delivery) {
	m.deliver(d, minorVersion(m.pkg.Pkg.GoVersion()))
}

func minorVersion(v string) int64 {
	_, minor, _ := strings.Cut(version.Lang(v), ".")
	n, err := strconv.ParseInt(minor, 10, 64)
	if err != nil {
		return 1 << 20
	}
	return n
}
