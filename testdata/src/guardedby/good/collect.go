package good

import (
	"slices"
	"sort"
	"sync"
)

// uploader's workers add the parts that they have sent; Close is called once
// they are done, which isn't seen here.
type uploader struct {
	partsMu sync.Mutex
	parts   []int
	sums    []byte
}

func NewUploader() *uploader { return &uploader{} }

func (u *uploader) WriteChunk(n int, sum byte) {
	u.partsMu.Lock()
	defer u.partsMu.Unlock()
	u.parts = append(u.parts, n)
	if extend := n - len(u.sums); extend > 0 {
		u.sums = append(u.sums, make([]byte, extend)...)
	}
	u.sums[n] = sum
}

func (u *uploader) Close() (int, []byte) {
	slices.Sort(u.parts)
	return u.parts[len(u.parts)-1], u.sums
}

// ranking is sorted by its own method, under the lock.
type ranking struct {
	mu     sync.Mutex
	scores []int
	used   int
}

func (r *ranking) Len() int           { return r.used }
func (r *ranking) Less(i, j int) bool { return r.scores[i] < r.scores[j] }
func (r *ranking) Swap(i, j int)      { r.scores[i], r.scores[j] = r.scores[j], r.scores[i] }

func (r *ranking) Add(score int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.scores[r.used] = score
	r.used++
	sort.Sort(r)
}

func (r *ranking) Drop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.used > 0 {
		r.used--
	}
}

func (r *ranking) Clear() {
	r.mu.Lock()
	r.used = 0
	r.mu.Unlock()
}

// finishLocked takes the lock itself if it is told to.
func (r *ranking) finishLocked(need bool) {
	if need {
		r.mu.Lock()
		defer r.mu.Unlock()
	}
	r.used = len(r.scores)
}

func (r *ranking) Finish() { r.finishLocked(true) }

func (r *ranking) scoreLocked() { r.finishLocked(false) }
