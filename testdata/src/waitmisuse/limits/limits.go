// Package limits holds what waitmisuse can't see.
package limits

import "sync"

type server struct{ wg sync.WaitGroup }

// The function may call Done, and doesn't.
func (s *server) FN_WaitsForCaller(do func(*sync.WaitGroup)) {
	s.wg.Add(1)
	go do(&s.wg)
	s.wg.Wait()
}
