package drive

import "sync"

// holdBallast allocates memory at the first run that is never touched, so that it
// costs address space only. The collector starts when the heap has grown by
// as much as lives in it, which for a small run is all the time. Counted
// among what lives, the ballast puts it off. Measured on golang.org/x/tools:
// 96 MB saved a quarter of the CPU time for 75 MB at the peak; to run the
// collector half as often again, as with 256 MB, a twelfth more for 150 MB.
// Heaps that are large anyway hardly notice. Where memory is short, the ballast
// is a small part of it, since it counts there, too.
func holdBallast(limit uint64) {
	ballast.Do(func() { ballast.memory = make([]byte, ballastFor(limit)) })
}

var ballast struct {
	sync.Once
	memory []byte
}

// ballastFor returns the size of the ballast for a limit on memory; 0 is none.
func ballastFor(limit uint64) uint64 {
	const most = 256 << 20
	if limit == 0 {
		return most
	}
	return min(most, limit/8)
}
