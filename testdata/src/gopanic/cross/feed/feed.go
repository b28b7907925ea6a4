// Package feed calls what panics in another package.
package feed

import (
	"fmt"

	"fixtures/gopanic/cross/parse"
)

func Feed(lines <-chan string) {
	go func() { // want `parse.Int\(line\) can panic in this goroutine`
		for line := range lines {
			fmt.Println(parse.Int(line))
		}
	}()
}

func Protected(lines <-chan string) {
	go func() {
		defer parse.Protect()
		for line := range lines {
			fmt.Println(parse.Int(line))
		}
	}()
}
