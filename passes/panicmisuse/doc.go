// Package panicmisuse defines an Analyzer that reports ordinary errors which
// become panics in library code.
//
// # Analyzer panicmisuse
//
// panicmisuse: report library code that panics on ordinary errors
//
// A panic that nobody recovers ends the process, whatever else it was doing.
// It is for mistakes in the program; an error that files, networks, requests
// or users bring about belongs to the caller. The check reports, in packages
// that others import:
//
//   - panic (or log.Panic) on an error in a function that returns error;
//   - the same in a function that can't return an error but has coped with
//     another one further up: handed it to somebody and left;
//   - Must… functions (regexp.MustCompile, netip.MustParseAddr, any function
//     of that name with a twin that returns an error) that are given text
//     known at run time only: from a request, a file, a decoder, the
//     environment, a list
//     of patterns, or a parameter of a function that returns error;
//   - template.Must and its kin, which take a value and an error, in functions
//     that return error, when what they are given fails for such a reason;
//   - panic in the default of a switch over what the function has read from
//     bytes or text, where it returns an error for other malformed input;
//   - panic(nil), from which a recover learns nothing.
//
// Three more forms are reported with low confidence, which is hidden unless
// asked for: a helper without an error result that panics on behalf of a
// function with one; an exported function without one, where a result would
// change the API; and a panic on the error of a call that isn't seen to
// depend on anything outside of the program, neither on text or a stream that
// it is handed nor on what it calls.
//
// Wrong:
//
//	func Load(path string) ([]byte, error) {
//		data, err := os.ReadFile(path)
//		if err != nil {
//			panic(err)
//		}
//		return data, nil
//	}
//
// Right:
//
//	func Load(path string) ([]byte, error) {
//		data, err := os.ReadFile(path)
//		if err != nil {
//			return nil, err
//		}
//		return data, nil
//	}
//
// Silent on:
//
// Main packages, tests, packages that serve tests (they import testing), and
// functions and types that are documented to be there for tests. Functions
// named Must… or …Panic…, or whose documentation speaks of panics;
// comments that say why the panic is meant or why there can't be an error;
// branches that unlock or close something first; checks that a constant turns
// on; http.ErrAbortHandler. Text that was checked before, by a function that
// is named for it.
// Package initialisation. Panics that a function of the package may recover,
// as parsers do. Errors that can't happen or are the program's own mistake:
// writes to memory and hashes, randomness, lengths and levels, encoding of
// the program's own types, parsing of constants. Panics on other conditions
// than an error: guards against wrong arguments, impossible cases of a
// switch over what the program has made or checked itself.
//
// Relatives:
//
// revive's deep-exit asks where os.Exit and log.Fatal are called, and
// forbidigo can ban panic altogether; neither asks whether the panic stands
// for an error that could be returned. SA1000 and its kin check constant
// patterns; this check asks for those that aren't constant.
//
// Since: v0.1.0
package panicmisuse
