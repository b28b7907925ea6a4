// Package lockorder defines an Analyzer that finds locks that goroutines take in opposite orders.
//
// # Analyzer lockorder
//
// lockorder: report locks that goroutines take in opposite orders
//
// When one goroutine holds a and waits for b while another holds b and waits for
// a, both wait for ever, and so does everybody who needs one of the locks. It
// happens seldom, under load, and stops the whole service. The check runs the
// package on an abstract machine, on every order in which its goroutines can go
// on, and reports the circle of goroutines with the locks that each holds. Where
// the machine doesn't come, it compares the orders that functions and what they
// call keep, of two locks or of three. It also reports a function that locks two of its arguments, values of one type,
// in the order in which they come.
//
// Wrong:
//
//	type account struct {
//		mu      sync.Mutex
//		balance int
//	}
//
//	func transfer(from, to *account, amount int) {
//		from.mu.Lock()
//		defer from.mu.Unlock()
//		to.mu.Lock()
//		defer to.mu.Unlock()
//		from.balance -= amount
//		to.balance += amount
//	}
//
//	func exchange() {
//		a, b := new(account), new(account)
//		var wg sync.WaitGroup
//		wg.Add(2)
//		go func() {
//			defer wg.Done()
//			transfer(a, b, 1)
//		}()
//		go func() {
//			defer wg.Done()
//			transfer(b, a, 1)
//		}()
//		wg.Wait()
//	}
//
// Right:
//
//	type account struct {
//		id      int
//		mu      sync.Mutex
//		balance int
//	}
//
//	func transfer(from, to *account, amount int) {
//		first, second := from, to
//		if first.id > second.id {
//			first, second = second, first
//		}
//		first.mu.Lock()
//		defer first.mu.Unlock()
//		second.mu.Lock()
//		defer second.mu.Unlock()
//		from.balance -= amount
//		to.balance += amount
//	}
//
//	func exchange() {
//		a, b := &account{id: 1}, &account{id: 2}
//		var wg sync.WaitGroup
//		wg.Add(2)
//		go func() {
//			defer wg.Done()
//			transfer(a, b, 1)
//		}()
//		go func() {
//			defer wg.Done()
//			transfer(b, a, 1)
//		}()
//		wg.Wait()
//	}
//
// Silent on:
//
// Opposite orders that a common gate lock keeps apart; goroutines of which one
// ends before the other starts, and one goroutine alone that an object's
// constructor has started; instances that are ordered by construction, that
// somebody compares before, or whose roles differ, as those of parent and child;
// locks taken with TryLock.
//
// Relatives:
//
// The runtime reports a deadlock only when all goroutines of the process are
// asleep. go vet and staticcheck don't look at the order of locks.
//
// Since: v0.1.0
package lockorder
