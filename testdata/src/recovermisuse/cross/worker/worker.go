// Package worker uses handlers of another package.
package worker

import (
	"log"

	"fixtures/recovermisuse/cross/crash"
)

func Work(jobs <-chan func()) {
	defer func() {
		log.Println("worker ends")
		crash.HandlePanic("work") // want `crash.HandlePanic recovers nothing here: recover works in the deferred function alone, and HandlePanic is one call deeper`
	}()
	for job := range jobs {
		job()
	}
}

func Forgotten(job func()) {
	crash.HandlePanic("job") // want `crash.HandlePanic recovers nothing without defer`
	job()
}

func Right(job func()) {
	defer crash.HandlePanic("job")
	job()
}

func Guarded(job func()) {
	crash.GuardPanics(job)
}

func Covered(job func()) {
	defer func() {
		log.Println("covered")
		crash.Cover() // want `crash.Cover recovers nothing here`
	}()
	job()
}

func Uncovered(job func()) {
	crash.Cover() // want `crash.Cover recovers nothing without defer`
	job()
}

// Closed calls what has more to do than to recover.
func Closed(done chan<- struct{}, job func()) {
	defer func() { crash.Finish(done) }()
	job()
}
