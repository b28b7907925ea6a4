package main

import (
	"bufio"
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

type option func(*int)

// play ends the process when the game is lost; its options don't say why.
func play(rounds int, options ...option) {
	for _, set := range options {
		set(&rounds)
	}
	if rounds < 0 {
		os.Exit(1)
	}
}

func played(path string) {
	defer os.Remove(path)
	play(3)
}

// cover ends the process when its arguments are wrong: they don't say why.
func cover(args []string) {
	if len(args) == 0 {
		os.Exit(2)
	}
}

func covered(path string, args []string) {
	defer os.Remove(path)
	cover(args)
}

// unwritten ends before there is anything to flush.
func unwritten(path string) {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	f, err := os.Create(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	out.WriteString("created")
}
