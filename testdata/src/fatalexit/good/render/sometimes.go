package main

import (
	"log"
	"os"
)

// check ends the process in one case, and is not told why.
func check(strict bool) {
	if strict {
		os.Exit(1)
	}
	log.Println("not strict")
}

func lenient() {
	dir, err := os.MkdirTemp("", "lenient")
	if err != nil {
		return
	}
	defer os.RemoveAll(dir)
	check(false)
}
