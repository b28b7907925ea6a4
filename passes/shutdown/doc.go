// Package shutdown defines an Analyzer that reports servers whose end goes
// wrong.
//
// # Analyzer shutdown
//
// shutdown: report servers that are cut off, or die, while they shut down
//
// http.Server's Shutdown makes ListenAndServe and Serve return at once, with
// http.ErrServerClosed, and itself goes on until the last request is
// answered. So whoever serves has to wait for whoever shuts down, and must
// not take that error for a failure. And a context that is done leaves
// nothing of what Shutdown is there for. The check reports:
//
//   - a function that returns when its server does, while a goroutine that it
//     started still shuts the server down, itself or by a function of the
//     package;
//   - http.ErrServerClosed treated as fatal: log.Fatal, panic or os.Exit on
//     whatever ListenAndServe returns, of a server that is shut down;
//   - Shutdown, or any method of such a name that takes a context, given one
//     that is already done: its Done was received from, its cancel function
//     called, its errgroup waited for; also through a helper function, and
//     when deferred.
//
// Two forms have low confidence: Shutdown with context.Background(), which
// waits for ever for a client that never ends its request; and
// go srv.ListenAndServe(), by which nobody learns that the address is in use.
// With -shutdown.endless, commands that serve with nothing that could end it
// are reported, too.
//
// Wrong:
//
//	func Serve(srv *http.Server, stop <-chan struct{}) error {
//		go func() {
//			<-stop
//			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
//			defer cancel()
//			srv.Shutdown(ctx)
//		}()
//		return srv.ListenAndServe()
//	}
//
// Right:
//
//	func Serve(srv *http.Server, stop <-chan struct{}) error {
//		served := make(chan error, 1)
//		go func() { served <- srv.ListenAndServe() }()
//		select {
//		case err := <-served:
//			return err
//		case <-stop:
//		}
//		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
//		defer cancel()
//		return srv.Shutdown(ctx)
//	}
//
// Silent on:
//
// Functions that wait for anything behind the call that serves, and
// goroutines that tell somebody when Shutdown has returned. Servers that
// nobody shuts down. Functions that name http.ErrServerClosed. Contexts made
// with context.WithoutCancel, those of which a receive from Done lies on
// some paths only, and those that are a method's own time limit to shut down
// in. Debugging servers of http.DefaultServeMux, for whom a taken address may
// be no reason to stop. Test files, and other files that import testing.
//
// Relatives:
//
// go vet's lostcancel follows cancel functions, noctx and contextcheck ask
// whether contexts are passed on, and errcheck sees the lost error of a go
// statement; none knows what Shutdown does to ListenAndServe.
//
// Since: v0.1.0
package shutdown
