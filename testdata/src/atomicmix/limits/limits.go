// Package limits shows what atomicmix doesn't see, and sees wrongly.
package limits

import "sync/atomic"

// Histogram counts in elements.
type Histogram struct{ buckets [8]int64 }

// Observe counts.
func (h *Histogram) Observe(i int) { atomic.AddInt64(&h.buckets[i], 1) }

// FN_Elements: elements of arrays and slices aren't told apart.
func (h *Histogram) FN_Elements(i int) int64 { return h.buckets[i] }

type counter struct{ n int64 }

func bump(p *int64) { atomic.AddInt64(p, 1) }

// Add goes through a function that takes the address.
func (c *counter) Add() { bump(&c.n) }

// FN_Wrapper: the atomic access is in a function that is given the address.
func (c *counter) FN_Wrapper() int64 { return c.n }

// A Job is used by one goroutine before it is submitted.
type Job struct{ state int32 }

// FP_BeforeUse: nothing in the package says that it is called first.
func (j *Job) FP_BeforeUse() {
	j.state = 1 // want `j.state is written here without sync/atomic while atomic.LoadInt32 reads it`
}

// Submit shares the job.
func (j *Job) Submit(queue chan *Job) { queue <- j }

// Running is called by all.
func (j *Job) Running() bool { return atomic.LoadInt32(&j.state) == 1 }
