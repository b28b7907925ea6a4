// Package limits holds what the check gets wrong, or doesn't see.
package limits

import (
	"errors"
)

// An FN_Uploader starts a goroutine for each object, and has no method that
// would end it: it may well be one per process.
type FN_Uploader struct{ progress chan int }

// NewUploader starts one.
func NewUploader(show func(int)) *FN_Uploader {
	u := &FN_Uploader{make(chan int)}
	go func() {
		for n := range u.progress {
			show(n)
		}
	}()
	return u
}

// Chunk sends one chunk.
func (u *FN_Uploader) Chunk(n int) { u.progress <- n }

// FP_Related has a condition on which nobody drains.
func FP_Related(texts []string, parallel bool) error {
	jobs := make(chan string, len(texts))
	if parallel {
		go func() {
			for job := range jobs {
				println(job)
			}
		}()
	}
	if !parallel {
		return errors.New("not parallel") // want `return leaves jobs open: the range over jobs at limits.go:\d+ never ends`
	}
	for _, text := range texts {
		jobs <- text
	}
	close(jobs)
	return nil
}
