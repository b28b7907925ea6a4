// Package limits holds what waitmisuse can't see.
package limits

import "sync"

type server struct{ wg sync.WaitGroup }

// Another method may call Done.
func (s *server) FN_WaitsForCaller(do func()) {
	s.wg.Add(1)
	go do()
	s.wg.Wait()
}
