// Package crash recovers for other packages.
package crash

import "log"

// Handle is to be deferred.
func Handle() {
	if r := recover(); r != nil {
		log.Println(r)
	}
}

// HandlePanic is to be deferred, too.
func HandlePanic(what string) {
	if r := recover(); r != nil {
		log.Println(what, r)
	}
}

// Guarded defers by itself.
func GuardPanics(f func()) {
	defer Handle()
	f()
}

// Cover has no name that tells: its body does.
func Cover() {
	r := recover()
	if r == nil {
		return
	}
	log.Println("covered:", r)
}

// Finish recovers among other things.
func Finish(done chan<- struct{}) {
	if r := recover(); r != nil {
		log.Println(r)
	}
	close(done)
}
