// Package chanleak defines an Analyzer that finds goroutines which wait for
// a channel for ever.
//
// # Analyzer chanleak
//
// chanleak: report goroutines that are blocked for ever on a channel
//
// A goroutine that sends on a channel which nobody receives from, or receives
// from one that nobody sends on, never ends: it keeps its stack, all that it
// refers to, and often a lock or a connection. Where all goroutines wait so,
// the program stands still. The check runs the package on an abstract machine,
// on every order in which its goroutines can go on, and looks at the end of
// each run: whoever waits there for a channel that nothing else can reach
// waits for ever. It sees
//
//   - an unbuffered result channel whose reader may leave first: on a
//     timeout, a cancelled context, an error of another worker;
//   - more sends than receives, and a second send behind a missing return;
//   - wg.Wait in front of the loop that drains what the workers send;
//   - a buffer that a loop without an end fills, and whose reader may leave;
//   - a goroutine that owes a value to whoever starts it, and ends on one path
//     without a word;
//   - a call that waits for an answer under its number in a map, when the
//     goroutine that reads the answers ends and tells nobody;
//   - a constructor that fails when its goroutine is running, which only a
//     ticker keeps going then;
//   - a call that asks the goroutine of an object which has ended, or which
//     waits for a lock that the call holds;
//   - a channel that is nil, and one that nobody receives from at all;
//   - a channel of the package, in a field or variable that nobody else can
//     name, that nothing sends on or closes, or that nothing receives from;
//   - a path that passes by what others do and somebody waits for: to give back
//     the slot of a semaphore, to answer a request, to say that the goroutine
//     has ended;
//   - an answer on an unbuffered channel of the request, when whoever waits for
//     it does so for a context or timer as well;
//   - a call that waits for the answer to what it has put into a queue, when the
//     goroutine that empties the queue ends and leaves something there;
//   - a return that leaves one end of an io.Pipe alone, and a goroutine on the
//     other;
//   - a loop that goes on when the channel that says stop is closed: break
//     leaves the select alone.
//
// The report carries the schedule: who starts whom, who was served, who left
// where. If one value at most is sent, the fix gives the channel room for it.
//
// Wrong:
//
//	func fetch(ctx context.Context, load func() string) (string, error) {
//		result := make(chan string)
//		go func() { result <- load() }()
//		select {
//		case r := <-result:
//			return r, nil
//		case <-ctx.Done():
//			return "", ctx.Err()
//		}
//	}
//
// Right:
//
//	func fetch(ctx context.Context, load func() string) (string, error) {
//		result := make(chan string, 1)
//		go func() { result <- load() }()
//		select {
//		case r := <-result:
//			return r, nil
//		case <-ctx.Done():
//			return "", ctx.Err()
//		}
//	}
//
// Silent on:
//
// Channels that somebody else may serve: parameters, results, fields of values
// that come from elsewhere, channels given to functions of other packages.
// A slot, or a request, that goes on to somebody else; a request that the caller
// answers when the call has returned. A slot of a semaphore
// that ends with the call. Sends that fit into the
// buffer, selects with a default or a case that is
// ready some day, goroutines that main leaves behind when the process ends.
// Runs that exploration could not follow to their end.
//
// Relatives:
//
// goleak and the runtime's goroutine-leak profile find goroutines that did
// leak in a run. go vet's lostcancel finds contexts that are never cancelled;
// staticcheck looks at single statements only: its SA4011 reports any break
// that ends nothing but its own select.
//
// Since: v0.1.0
package chanleak
