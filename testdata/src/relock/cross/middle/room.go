package middle

import (
	"sync"

	"fixtures/relock/cross/base"
)

func Guarded(l sync.Locker, do func()) { base.Under(l, do) }

func Inside(l base.Locker, do func()) { base.Within(l, do) }

// Room has a board.
type Room struct{ Board base.Board }

func (r *Room) Mark() { r.Board.Mark() }

func (r *Room) Clear() { r.Board.Clear() }

func (r *Room) Marks() int { return r.Board.Marks() }
