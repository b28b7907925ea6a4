package prelude

// The operations that the machine does itself; bodies here are for the
// compiler only.

func sleep(ns int64)                     {} // a scheduling point that lasts
func yield()                             {}
func goexit()                            {}
func failed()                            {}               // the test has failed
func timer(f func())                     {}               // like daemon: it sends the time
func daemon(f func())                    {}               // start a goroutine that belongs to the models
func point(on any)                       {}               // a scheduling point, ordered with others on the same object
func offer(ch any, v any)                {}               // send unless the buffer is full, no scheduling point
func shut(ch any) bool                   { return false } // close a channel unless it is closed, report whether it was open
func drain(ch any) bool                  { return false } // empty the buffer, report whether it held something
func goVersion() int                     { return 0 }     // the 23 of the module's Go 1.23
func bubble(on bool)                     {}               // time passes only when nobody can move, in order
func settle()                            {}               // wait until nobody else can move, and know of what they did
func ticket(cond any)                    {}               // join those that wait for a Cond
func park(cond any)                      {}               // wait to be signalled
func unknown() int                       { return 0 }     // a value that nothing is known of
func isTrue() bool                       { return false } // an unknown bool
func field(of any, i int) any            { return nil }
func setField(of any, i int, v any)      {}
func call(f any, args ...any) any        { return nil }
func keep(v any)                         {} // v is known to others from now on
func foreign(ch any)                     {} // others use the channel too
func released(of any)                    {} // what happened so far happened before acquired(of)
func acquired(of any)                    {}
func accessed(of any)                    {}             // all accesses of the object happened before
func formatOne(format any, i int, v any) {}             // package fmt makes text of the i-th value
func owner(side any) any                 { return nil } // the library's value that a state lies beside
func stateOf(of any, like any) any       { return nil } // the state beside a value
func like(v any) any                     { return nil } // an unknown value of v's type
func bare(v any) any                     { return nil } // v without its interface
func readAt(p any) any                   { return nil } // *p, on the caller's account
func writeAt(p, v any)                   {}
func read(slice any)                     {} // the elements of a slice
func write(slice any)                    {}
func callUnknown(f any) any              { return nil }   // with arguments that nothing is known of
func callYield(f any) bool               { return false } // the same
func construct(f any) any                { return nil }   // call a constructor, which succeeds
func perform(f, x, made any) any         { return nil }   // call a method with arguments that nothing is known of; returns what the clients go on with
func apply(f any) any                    { return nil }   // call a function that the setup has returned, unless the handler is made; returns what that returns
func wgAdd(wg any, n int)                {}               // (sync.WaitGroup).Add
func wgWait(wg any)                      {}
func rlock(mu any)                       {} // (sync.RWMutex).RLock
func runlock(mu any)                     {}

// Mutex is the machine's own lock.
type Mutex struct{ word int }

func (m *Mutex) Lock()   {}
func (m *Mutex) Unlock() {}

type locker interface {
	Lock()
	Unlock()
}
