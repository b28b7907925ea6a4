package prelude

// The operations that the machine does itself; bodies here are for the
// compiler only.

func sleep(ns int64)                {} // a scheduling point that lasts
func yield()                        {}
func goexit()                       {}
func daemon(f func())               {} // start a goroutine that belongs to the models
func ticket(cond any)               {} // join those that wait for a Cond
func park(cond any)                 {} // wait to be signalled
func unknown() int                  { return 0 }
func isTrue() bool                  { return false } // an unknown bool
func field(of any, i int) any       { return nil }
func setField(of any, i int, v any) {}
func call(f any, args ...any) any   { return nil }
func read(slice any)                {}
func write(slice any)               {}
func keep(v any)                    {} // v is known to others from now on
func released(of any)               {} // what happened so far happened before acquired(of)
func acquired(of any)               {}

func owner(side any) any  { return nil } // the library's value that a state lies beside
func wgAdd(wg any, n int) {}             // (sync.WaitGroup).Add
func rlock(mu any)        {}             // (sync.RWMutex).RLock
func runlock(mu any)      {}

// Mutex is the machine's own lock.
type Mutex struct{ word int }

func (m *Mutex) Lock()   {}
func (m *Mutex) Unlock() {}
