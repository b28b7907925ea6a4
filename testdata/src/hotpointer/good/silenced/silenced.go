// Package silenced holds a comment for what is found with -hotpointer.loops
// only: without, it isn't to blame.
package silenced

import "net/http"

type point struct{ x, y int }

func handle(w http.ResponseWriter, r *http.Request) {
	var points []*point
	for name := range r.Header {
		points = append(points, &point{x: len(name)}) //goconclint:ignore hotpointer there are few headers
	}
	w.WriteHeader(len(points))
}
