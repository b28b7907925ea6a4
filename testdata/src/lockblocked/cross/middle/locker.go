package middle

import (
	"sync"

	"fixtures/lockblocked/cross/base"
)

func Seize(l sync.Locker) { base.Seize(l) }
func Yield(l sync.Locker) { base.Yield(l) }
