// Package ending has functions that end otherwise than by returning.
package ending

import (
	"fmt"
	"log"
	"os"
)

// Recover is there to be deferred.
func Recover() { // want Recover:"^v h$"
	if r := recover(); r != nil {
		log.Println(r)
	}
}

// Nested recovers in a function of its own.
func Nested() {
	defer func() { _ = recover() }()
}

func Read(path string) []byte { // want Read:"^p$"
	data, err := os.ReadFile(path)
	if err != nil {
		panic(fmt.Sprintf("reading %s: %v", path, err))
	}
	return data
}

func ReadAll(paths []string) { // want ReadAll:"^p$"
	for _, path := range paths {
		func() { Read(path) }()
	}
}

// MustRead is named for it.
func MustRead(path string) []byte { return Read(path) }

// Documented panics if there is no such file.
func Documented(path string) []byte { return Read(path) }

func Kept(path string) []byte {
	defer Recover()
	return Read(path)
}

func KeptByLiteral(path string) []byte {
	defer func() {
		if recover() != nil {
			log.Print("no ", path)
		}
	}()
	return Read(path)
}

// Guard panics on a mistake of its caller.
func Guard(n int) {
	if n < 0 {
		panic("negative")
	}
}

func Elsewhere(path string) { go Read(path) }

func Check(err error) { // want Check:"^x$"
	if err != nil {
		die(err)
	}
}

func die(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func Fatal(err error) { log.Fatal(err) } // want Fatal:"^x e$"
