// Package middle hands on what base does.
package middle

import (
	"sync"

	"fixtures/guardedby/cross/base"
)

func With(mu *sync.Mutex, do func()) { base.Under(mu, do) }

func Start(do func()) { base.Go(do) }

// Monitor embeds the lock.
type Monitor struct{ base.Lockable }

func (m *Monitor) Do(do func()) {
	m.Enter()
	defer m.Leave()
	do()
}
