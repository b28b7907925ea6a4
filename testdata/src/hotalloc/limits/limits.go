// Package limits holds what the check doesn't see, and what it sees wrong.
package limits

import "time"

// FN_Closure: a function literal that is made in each turn isn't looked at,
// as the compiler often inlines what it is given to.
//
//goconclint:hot
func FN_Closure(n int, call func(func() int)) {
	for i := range n {
		call(func() int { return i })
	}
}

// FN_Calls: how many elements a call returns isn't known before it is made.
//
//goconclint:hot
func FN_Calls(list func() []int) []int {
	var out []int
	for _, x := range list() {
		out = append(out, x)
	}
	return out
}

// FP_Waits: the loop is marked hot as part of its function, but comes by once
// an hour.
//
//goconclint:hot
func FP_Waits(stop chan struct{}) {
	for {
		select {
		case <-time.After(time.Hour): // want `time.After makes a timer`
		case <-stop:
			return
		}
	}
}
