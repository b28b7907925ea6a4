// Package guardedby defines an Analyzer that finds guarded variables used
// without their lock.
//
// # Analyzer guardedby
//
// guardedby: report fields and variables used without the lock that guards them
//
// A field that most functions use under a lock is guarded by it; one use
// without the lock races with all the others. The check counts, for every
// field beside a lock and every package-level variable, the places that use
// it with a lock held, by the function itself or by all its callers, and
// reports those that certainly hold none, where somebody writes the variable
// under the lock and
//
//   - at least four places hold the lock and three of four of all do; or three
//     places and two of three, if the variable is declared right below the lock;
//   - or the function itself uses the variable under the lock, and once more
//     after it has released it;
//   - or it uses an element of what the lock guards under it, and another field of
//     that element after it has released it, which others write under the lock;
//   - or every write holds the lock, and there is nothing else in the struct
//     that the lock could be for, or the variable is declared right below it, or
//     the function takes the lock itself, but not for this use: before Lock, or
//     after Unlock; or it decides by what it has read whether to call a method
//     of the object that takes the lock;
//   - or a comment says so: "guarded by mu", "+checklocks:mu", "GUARDED_BY(mu)"
//     at the variable, "protects a, b" or "guards a, b" at the lock of fields.
//
// A slice that a function returns from under its lock is reported where others
// overwrite its elements under the lock, by s.list[i] = x, append(s.list[:i],
// s.list[j:]...) or sorting, and a function of the package looks at what was
// returned without it. So are, with -guardedby.escape, all that are returned so,
// and maps; what becomes of these inside the package mapguard knows.
//
// A place that holds another lock is reported if six of seven hold the right
// one, and nobody else holds the two together. Where more functions miss the
// lock than hold it, one that never takes it is reported with low confidence
// only. What one statement uses without a lock is one report.
//
// It also reports a guarded variable that is written while its lock is held
// for reading only, and a call of a function named …Locked with no lock held
// that others call with one.
//
// A mutex that is declared for variables, by a comment, by standing right above
// them, by its name (cacheMu for cache) or as the only one of its struct, and
// that the package never mentions again, is reported where the first of them
// is written: nobody else can lock it.
//
// A lock counts for what is declared beside it, or is a part of that: not for
// what a pointer leads to, and not if it is itself a part of something else.
//
// Maps have a check of their own, mapguard; those that are replaced as a whole,
// and never changed, are variables like others. Methods that change what a
// variable holds, such as those of container/list, are writes under a read lock.
// Of an object that is nothing but data, a cache or an index with no lock of its
// own, the calls of its methods are counted as uses are: one without the lock
// is reported where others change the object under it.
//
// Wrong:
//
//	type gauge struct {
//		mu    sync.Mutex
//		value int
//	}
//
//	func (g *gauge) Set(value int) {
//		g.mu.Lock()
//		defer g.mu.Unlock()
//		g.value = value
//	}
//
//	func (g *gauge) Add(by int) {
//		g.mu.Lock()
//		defer g.mu.Unlock()
//		g.value += by
//	}
//
//	func (g *gauge) Reset() int {
//		g.mu.Lock()
//		defer g.mu.Unlock()
//		old := g.value
//		g.value = 0
//		return old
//	}
//
//	func (g *gauge) Value() int { return g.value }
//
// Right:
//
//	type gauge struct {
//		mu    sync.Mutex
//		value int
//	}
//
//	func (g *gauge) Set(value int) {
//		g.mu.Lock()
//		defer g.mu.Unlock()
//		g.value = value
//	}
//
//	func (g *gauge) Value() int {
//		g.mu.Lock()
//		defer g.mu.Unlock()
//		return g.value
//	}
//
// Silent on:
//
// Objects that a function made or was handed and that nobody else knows yet;
// functions that run with the lock of all their callers, or that say so in
// their name or comment; functions that go on under their caller's lock and
// release it; variables that nobody writes once they are set up; what is
// written before a goroutine is started that uses it, or read after one was
// waited for; methods that write and never take the lock, which are meant to
// be called before the object is shared, unless six of seven uses hold it; the
// only goroutine or function that writes, which may read without the lock; what
// is set once and from then on only read, also by who has just seen to that under
// the lock; functions that have asked an atomic variable or waited for somebody
// before, unless those who write the variable neither wait for anybody nor tell
// anybody; methods by which an object is called back by a part of its own that is
// called under the lock; methods Init that don't know of the lock; types that say
// that they aren't safe for concurrent use, and methods of which an interface says
// so;
// mutexes, atomics and other types of package sync.
//
// Relatives:
//
// Go's race detector sees the same mistake when a test happens to run both
// uses at once. Neither go vet nor staticcheck has such a check.
//
// Since: v0.1.0
package guardedby
