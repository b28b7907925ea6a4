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

type context struct{ out *bufio.Writer }

// field holds the writer, into which nothing is written before the exit.
func field(ctx *context, path string) {
	ctx.out = bufio.NewWriter(os.Stdout)
	defer ctx.out.Flush()
	f, err := os.Create(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	ctx.out.WriteString("created")
}

// compared leaves the files in which the difference lies.
func compared(got, want string, compare func(a, b string) string) {
	defer os.Remove(got)
	if diff := compare(got, want); diff != "" {
		log.Println(diff)
		os.Exit(1)
	}
}
