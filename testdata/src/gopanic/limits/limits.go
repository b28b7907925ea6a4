// Package limits shows what the check doesn't see, and where it is wrong.
package limits

import "fmt"

// FN_Index takes an element that may not be there.
func FN_Index(names []string, i int) {
	go func() { fmt.Println(names[i]) }()
}

// FN_Map writes to a map that is a field, which nobody makes.
func FN_Map() {
	var counts struct{ of map[string]int }
	go func() { counts.of["a"] = 1 }()
}

// FN_Interface calls a method that may panic.
func FN_Interface(r interface{ Run() }) {
	go r.Run()
}

// FN_Given runs what its caller has just handed in.
func FN_Given(done func()) {
	go done()
}

// FP_Known asserts a type that it knows from the line before.
func FP_Known(v any) {
	go func() { // want `v.\(error\) can panic in this goroutine`
		if _, ok := v.(error); ok {
			fmt.Println(v.(error).Error())
		}
	}()
}
