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
