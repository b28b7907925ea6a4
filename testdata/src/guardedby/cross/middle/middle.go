// Package middle hands on what base does.
package middle

import (
	"sync"

	"fixtures/guardedby/cross/base"
)

func With(mu *sync.Mutex, do func()) { base.Under(mu, do) }

func Start(do func()) { base.Go(do) }
