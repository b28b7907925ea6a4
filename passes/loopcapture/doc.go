// Package loopcapture defines an Analyzer that reports variables which the
// iterations of a loop share with something that runs later.
//
// # Analyzer loopcapture
//
// loopcapture: report loop variables that iterations share with what runs later
//
// A goroutine, a deferred call, a parallel subtest or a stored function that
// uses a variable sees what the variable holds when it runs. If the loop sets
// the same variable again for the next iteration, it sees that, or races with
// it; a stored pointer leads to the last value only.
//
// Since Go 1.22 each iteration has variables of its own, if the loop declares
// them and the file's language is that new: go.mod or a build constraint of
// the file may say otherwise. Variables that are declared in front of the loop
// are shared in any version.
//
// Reported are variables of the loop itself, in old files; variables that the
// loop's head or body sets although they are declared outside, when a
// goroutine reads them, or when each iteration gives them a value of its own
// for a deferred call or a stored function; and variables of a three-clause
// loop that a goroutine changes.
//
// Wrong:
//
//	func ping(hosts []string) {
//		var host string
//		for _, host = range hosts {
//			go func() { log.Println(net.LookupHost(host)) }()
//		}
//	}
//
// Right:
//
//	func ping(hosts []string) {
//		for _, host := range hosts {
//			go func() { log.Println(net.LookupHost(host)) }()
//		}
//	}
//
// Silent on:
//
// Variables that each iteration declares; what is called on the spot, or
// waited for before the next iteration by a Wait or a receive; statements
// from which every way leaves the loop; literals that take a lock, and
// accumulators that goroutines write, which are a data race at worst; errors,
// flags and variables used behind the loop, of which a deferred function is
// meant to see the last value; pointers stored in a structure of the
// iteration; functions handed to calls of which it isn't known that they keep
// them.
//
// Relatives:
//
// go vet's loopclosure reports literals in go and defer statements, errgroup
// calls and parallel subtests, in files before Go 1.22 and at the end of the
// loop's body only. loopcapture reports all that it does.
//
// Since: v0.1.0
package loopcapture
