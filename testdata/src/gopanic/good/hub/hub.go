// Package hub leaves it to the functions that it calls.
package hub

import "log"

type Hub struct{ quit chan struct{} }

func protect(f func()) {
	defer func() {
		if r := recover(); r != nil {
			log.Println(r)
		}
	}()
	f()
}

func (h *Hub) Run(f func()) {
	go protect(f)
	go protect(func() { panic("kept in") })
	go h.wait()
}

func (h *Hub) wait() { <-h.quit }
