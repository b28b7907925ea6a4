// Package fatalexit defines an Analyzer that reports ends of the process
// that skip what was deferred, and those that aren't a library's to decide.
//
// # Analyzer fatalexit
//
// fatalexit: report exits that skip deferred calls, in libraries, or of the wrong goroutine
//
// os.Exit, log.Fatal and everything that calls them end the process where it
// stands: nothing that was deferred runs. For memory and locks that is all
// the same; for what outlives the process it isn't. The check reports:
//
//   - an exit, direct or by a helper of any package that takes an error or a
//     text to end with, or never returns, that skips a deferred
//     call which removes a file or directory, writes what a writer has kept back,
//     kills a child, restores the terminal; in TestMain too;
//   - log.Fatal and its kin, with an error, in library functions that return
//     error: the caller, who knows what else goes on, isn't asked; also as the
//     answer to a value that isn't valid, where another check of the same
//     variable returns an error;
//   - t.Fatal, t.FailNow and t.Skip in functions that run on another
//     goroutine than the test's: given to errgroup's or a WaitGroup's Go, to
//     time.AfterFunc. They end that goroutine alone, and the test goes on. In
//     a server's handler, and by a helper of the tests that is handed t there
//     or in a go statement, this has low confidence.
//
// Wrong:
//
//	func render(path string) {
//		dir, err := os.MkdirTemp("", "render")
//		if err != nil {
//			log.Fatal(err)
//		}
//		defer os.RemoveAll(dir)
//		if err := os.WriteFile(dir+"/page", nil, 0o600); err != nil {
//			log.Fatal(err)
//		}
//	}
//
// Right:
//
//	func render(path string) error {
//		dir, err := os.MkdirTemp("", "render")
//		if err != nil {
//			return err
//		}
//		defer os.RemoveAll(dir)
//		return os.WriteFile(dir+"/page", nil, 0o600)
//	}
//
// Silent on:
//
// Deferred calls that only concern the process: Close of files that aren't
// buffered, Unlock, cancel functions, profiles. Exits that no defer statement comes
// before, and functions that make the same call themselves on the way to
// the exit. Exits in goroutines and other function literals, with regard to
// what the function around them defers. Main packages, packages for tests,
// functions that are named or documented to exit, with regard to libraries.
//
// Relatives:
//
// gocritic's exitAfterDefer reports every exit below any defer statement.
// revive's deep-exit reports every exit outside of main. testinggoroutine of
// go vet, which runs here too, knows go statements alone; testifylint's
// go-require does the same for package require.
//
// Since: v0.1.0
package fatalexit
