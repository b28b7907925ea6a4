// Package condmisuse defines an Analyzer that finds calls of Cond.Wait that nobody wakes.
//
// # Analyzer condmisuse
//
// condmisuse: report Cond.Wait calls that nobody wakes
//
// A sync.Cond remembers nothing: a Signal or Broadcast that comes before Wait is
// lost, and Signal wakes one of those who wait. The check runs the package on an
// abstract machine, on every order in which its goroutines can go on, and reports
// a Wait that is still waiting when nobody is left to wake it.
//
// Of conditions of the package, fields or variables that nobody else can name, it
// also reports, without a run, a Wait where nothing in the package calls Signal or
// Broadcast; a Wait in an if, where others wait or signal as well; a method
// that sets a flag on which a waiting loop ends, and wakes nobody; one that
// sets an atomic for which the loop waits without taking the lock, since the
// signal then may come between the question and Wait; and a Signal where all who
// wait could go on, since none of them takes away what it waited for.
//
// Wrong:
//
//	func await() {
//		var mu sync.Mutex
//		cond := sync.NewCond(&mu)
//		go func() {
//			cond.Signal()
//		}()
//		mu.Lock()
//		cond.Wait()
//		mu.Unlock()
//	}
//
// Right:
//
//	func await() {
//		var mu sync.Mutex
//		cond := sync.NewCond(&mu)
//		done := false
//		go func() {
//			mu.Lock()
//			done = true
//			mu.Unlock()
//			cond.Signal()
//		}()
//		mu.Lock()
//		for !done {
//			cond.Wait()
//		}
//		mu.Unlock()
//	}
//
// Silent on:
//
// Conditions that functions elsewhere may signal; a Wait in a loop over a state
// that is set under the lock before the signal.
//
// Relatives:
//
// go vet's copylocks finds conditions that are copied. No check of go vet or
// staticcheck looks at signals that are lost.
//
// Since: v0.1.0
package condmisuse
