// Package testoutlive defines an Analyzer that reports goroutines which use
// a test's t after the test may have returned.
//
// # Analyzer testoutlive
//
// testoutlive: report goroutines that use t after their test
//
// Once a test has returned, t.Log, t.Error and the like panic, and take all
// other tests of the package with them: "Log in goroutine after TestServe has
// completed". A goroutine that calls them must have ended by then: the test
// waits for it, or stops it through t.Context and waits in t.Cleanup.
//
// Reported are goroutines that nothing waits for and that end with a call on
// t, loop over one for ever, or make one when the test closes what they work
// on: the error of Serve or Accept comes because the test is over, and so does
// that of a function of the package whose context the test cancels. So are
// timers of time.AfterFunc that call t and that nobody stops.
//
// Wrong:
//
//	func TestServe(t *testing.T) {
//		ln, err := net.Listen("tcp", "127.0.0.1:0")
//		if err != nil {
//			t.Fatal(err)
//		}
//		defer ln.Close()
//		go func() {
//			if err := http.Serve(ln, nil); err != nil {
//				t.Error(err)
//			}
//		}()
//		if _, err := http.Get("http://" + ln.Addr().String()); err != nil {
//			t.Fatal(err)
//		}
//	}
//
// Right:
//
//	func TestServe(t *testing.T) {
//		ln, err := net.Listen("tcp", "127.0.0.1:0")
//		if err != nil {
//			t.Fatal(err)
//		}
//		defer ln.Close()
//		go func() {
//			if err := http.Serve(ln, nil); err != nil && !errors.Is(err, net.ErrClosed) {
//				t.Error(err)
//			}
//		}()
//		if _, err := http.Get("http://" + ln.Addr().String()); err != nil {
//			t.Fatal(err)
//		}
//	}
//
// Silent on:
//
// Goroutines that the test waits for, in its body, a deferred call or a
// Cleanup, by a WaitGroup, an errgroup, a channel or a method of what they
// use; those in a synctest bubble; those that may tell somebody that they
// are done with t; calls on t that wait for something to go wrong, other than
// by the end of the test itself.
//
// Relatives:
//
// go vet's testinggoroutine reports t.Fatal in goroutines, joined or not;
// what it reports isn't reported again.
//
// Since: v0.1.0
package testoutlive
