// Package hub starts goroutines in handlers.
package hub

import (
	"fmt"
	"sync/atomic"
)

type Hub struct{ value atomic.Value }

func (h *Hub) Handle(id string) {
	go func() { // want `h.value.Load\(\).\(int\) can panic in this goroutine`
		n := h.value.Load().(int)
		fmt.Println(id, n)
	}()
}
