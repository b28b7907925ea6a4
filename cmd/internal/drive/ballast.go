package drive

import "sync"

// ballast is memory that is allocated at the first run and never touched, so
// that it costs address space only. The collector starts when the heap has
// grown by as much as lives in it, which for a small run is all the time.
// Counted among what lives, the ballast puts it off: measured on
// golang.org/x/tools, a quarter of the CPU time for 75 MB at the peak. Heaps
// that are large anyway hardly notice.
var ballast = sync.OnceValue(func() []byte { return make([]byte, 96<<20) })
