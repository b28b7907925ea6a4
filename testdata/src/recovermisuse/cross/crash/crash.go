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
