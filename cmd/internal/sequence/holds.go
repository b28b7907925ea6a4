package sequence

import "slices"

// A Hold is a lock that a goroutine has for a while, a bar in a drawing.
type Hold struct {
	Lock     string
	Column   int // of the goroutine
	From, To int // indices of the first and last step
}

// Holds returns which locks the goroutines hold from when to when, as far as
// the steps tell: from where one is taken, or from the goroutine's first step
// if only a later one mentions it, to where it is given back, or to the
// goroutine's last step.
func (s Sequence) Holds() []Hold {
	var holds []Hold
	open := func(column int, lock string) int {
		return slices.IndexFunc(holds, func(h Hold) bool { return h.Column == column && h.Lock == lock && h.To < 0 })
	}
	for i, step := range s.Steps {
		if !step.Waits && (step.Action == "lock" || step.Action == "read-lock") {
			holds = append(holds, Hold{step.Object, step.Column, i, -1})
		}
		if step.Action == "unlock" || step.Action == "read-unlock" {
			if at := open(step.Column, step.Object); at >= 0 {
				holds[at].To = i
			}
		}
		for _, lock := range step.Locks {
			if open(step.Column, lock) < 0 {
				holds = append(holds, Hold{lock, step.Column, s.first(step.Column), -1})
			}
		}
	}
	for i := range holds {
		if holds[i].To < 0 {
			holds[i].To = s.last(holds[i].Column)
		}
	}
	return holds
}

func (s Sequence) first(column int) int {
	return slices.IndexFunc(s.Steps, func(step Step) bool { return step.Column == column })
}

func (s Sequence) last(column int) int {
	for i := len(s.Steps) - 1; i >= 0; i-- {
		if s.Steps[i].Column == column {
			return i
		}
	}
	return -1
}
