// Package limits holds what deferargs misses (FN) and what it reports
// although nothing is wrong (FP).
package limits

import (
	"fmt"
	"log"
	"os"
)

var total int

// Package variables aren't followed: most calls that take one restore it.
func FN_packageVariable(names []string) {
	defer log.Println("total:", total)
	for range names {
		total++
	}
}

// What a loop does with a variable of the function, every defer statement of
// the loop may be meant to record.
func FN_inLoop(paths []string) (err error) {
	for _, path := range paths {
		defer log.Println(path, err)
		_, err = os.Stat(path)
	}
	return err
}

// A value that isn't constant and isn't made of its old self may be the one
// that the log is about.
func FN_replacedLabel(path string) {
	dir := path + "/tmp"
	defer log.Println("left", dir)
	dir = os.Getenv("HOME")
	os.Chdir(dir)
}

type tally struct{ n int }

func (t tally) print()  { fmt.Println(t.n) }
func (t *tally) count() { t.inner() }
func (t *tally) inner() { t.n++ }

// What a method sets through another method isn't seen.
func FN_setDeeper() {
	var t tally
	defer t.print()
	t.count()
}

// The new file goes to a function that may close it, but doesn't.
func FN_handedOn(first, second string) {
	f, err := os.Open(first)
	if err != nil {
		return
	}
	defer f.Close()
	if f, err = os.Open(second); err == nil {
		size(f)
	}
}

func size(f *os.File) { f.Stat() }

// The error at hand is the one meant, since it is the outcome of the first
// step, but nothing says so.
func FP_firstOutcome(path string) {
	_, err := os.Stat(path)
	defer log.Println("first step:", err) // want `err is evaluated`
	_, err = os.Stat(path + ".bak")
	log.Println("second step:", err)
}

// The literal that changes the variable is made but never called.
func FP_neverCalled(debug bool) {
	n := 0
	count := func() { n++ }
	defer log.Println("count", n) // want `n is evaluated`
	_ = count
}
