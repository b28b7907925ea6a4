// Package deferloop defines an Analyzer that reports deferred calls in loops
// that should run once per iteration.
//
// # Analyzer deferloop
//
// deferloop: report deferred calls that pile up in a loop
//
// A deferred call runs when its function returns, not when the iteration
// ends. In a loop the calls pile up, and with them what they should give
// back: files and response bodies stay open, contexts stay alive, spans don't
// end. A lock that one iteration takes is still held when the next wants it,
// which is a deadlock; a recover comes too late for the loop to go on.
//
// A statement is reported when some path leads from it to the next iteration
// and the iteration itself has taken what the call gives back: opened,
// started, locked, or received from the channel that is ranged over.
//
// Second tries, in loops without a condition whose body ends in return, have
// low confidence, and so has a command's main function that goes through its
// arguments.
//
// Wrong:
//
//	func total(paths []string) (sum int64, err error) {
//		for _, path := range paths {
//			f, err := os.Open(path)
//			if err != nil {
//				return 0, err
//			}
//			defer f.Close()
//			info, err := f.Stat()
//			if err != nil {
//				return 0, err
//			}
//			sum += info.Size()
//		}
//		return sum, nil
//	}
//
// Right:
//
//	func total(paths []string) (sum int64, err error) {
//		for _, path := range paths {
//			n, err := size(path)
//			if err != nil {
//				return 0, err
//			}
//			sum += n
//		}
//		return sum, nil
//	}
//
//	func size(path string) (int64, error) {
//		f, err := os.Open(path)
//		if err != nil {
//			return 0, err
//		}
//		defer f.Close()
//		info, err := f.Stat()
//		if err != nil {
//			return 0, err
//		}
//		return info.Size(), nil
//	}
//
// Silent on:
//
// Defer statements from which every way leaves the loop; loops that are seen
// to run eight times at most; what a condition lets one iteration do, as in
// if timer == nil; contexts with a deadline in a loop that ends with the first
// success; what each path to the next iteration gives back by itself; defer
// statements inside a function literal; what the iteration keeps
// for later, in a variable, collection, channel or goroutine; releases of what was opened elsewhere, as in
// for _, f := range files { defer f.Close() }; loops that only take locks;
// deferred calls that give nothing back or only after an error; resources in
// test files.
//
// Relatives:
//
// staticcheck's SA9001 reports defer statements in loops over channels,
// whatever they defer. gocritic's deferInLoop and revive's defer report all
// in any loop, without looking at paths and at what is deferred.
//
// Since: v0.1.0
package deferloop
