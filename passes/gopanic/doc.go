// Package gopanic defines an Analyzer that reports goroutines that can panic
// and recover nothing.
//
// # Analyzer gopanic
//
// gopanic: report goroutines that can panic with nobody to recover
//
// A panic ends the whole process unless a function deferred in the same
// goroutine recovers it. net/http recovers panics of handlers; what a handler
// starts with go is on its own, and so is what a library starts for its user.
// The check is off by default: whether a process should survive is a
// decision, and most goroutines are meant not to panic. It asks which ones
// can, in plain sight: by panic or log.Panic, a Must… function on a value
// known at run time, a type assertion without ok, a constant index into what
// a call returns, an entry of a map that nobody makes, a call of a function of another package that panics with an
// error, or by running a function that a field or a channel holds.
//
// Wrong:
//
//	func Each(jobs <-chan func()) {
//		go func() {
//			for job := range jobs {
//				job()
//			}
//		}()
//	}
//
// Right:
//
//	func Each(jobs <-chan func()) {
//		go func() {
//			for job := range jobs {
//				run(job)
//			}
//		}()
//	}
//
//	func run(job func()) {
//		defer func() {
//			if r := recover(); r != nil {
//				log.Printf("job: %v", r)
//			}
//		}()
//		job()
//	}
//
// Silent on:
//
// Goroutines that defer a function which recovers, of any package; what they
// call through a function that does. Test files. Dereferences, divisions,
// and indices that are computed.
//
// Relatives:
//
// forcetypeassert reports every type assertion without ok, and panicmisuse
// panics on errors; neither asks on which goroutine they happen.
//
// Since: v0.1.0
package gopanic
