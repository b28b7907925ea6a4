// Package parse panics and recovers for others.
package parse

import (
	"log"
	"strconv"
)

// Int returns the number.
func Int(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

// Protect logs panics.
func Protect() {
	if r := recover(); r != nil {
		log.Println(r)
	}
}
