// Package waitmisuse defines an Analyzer that finds WaitGroups that wait for ever, or not long enough.
//
// # Analyzer waitmisuse
//
// waitmisuse: report WaitGroups that wait for ever or not long enough
//
// A sync.WaitGroup counts: Add before the work starts, Done when it ends, Wait
// until the count is zero. The check runs the package on an abstract machine, on
// every order in which its goroutines can go on, and reports
//
//   - an Add, or a Go, inside the goroutine that Wait is to wait for: Wait may
//     come first, find zero, and go on;
//   - a Wait that never ends, as Done is missing on a path, a return in front
//     of its defer statement included, or the counts differ;
//   - a count below zero, which panics.
//
// A WaitGroup of the package, a field or variable that nobody else can name, that
// is waited for and whose Done nobody calls, needs no run.
//
// Wrong:
//
//	func all(jobs []func()) {
//		var wg sync.WaitGroup
//		for _, job := range jobs {
//			go func() {
//				wg.Add(1)
//				defer wg.Done()
//				job()
//			}()
//		}
//		wg.Wait()
//	}
//
// Right:
//
//	func all(jobs []func()) {
//		var wg sync.WaitGroup
//		for _, job := range jobs {
//			wg.Add(1)
//			go func() {
//				defer wg.Done()
//				job()
//			}()
//		}
//		wg.Wait()
//	}
//
// Silent on:
//
// An Add in a goroutine that is itself counted, or that Wait is known to follow.
// WaitGroups that functions elsewhere may count down: parameters, fields of
// values that come from there.
//
// Relatives:
//
// go vet's waitgroup pass finds an Add that is the first statement of a
// goroutine, by its syntax; this check asks whether Wait can come first. go vet's
// copylocks finds WaitGroups that are copied.
//
// Since: v0.1.0
package waitmisuse
