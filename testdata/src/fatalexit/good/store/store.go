// Package store leaves it to its callers, but for what says so.
package store

import (
	"errors"
	"fmt"
	"log"
	"os"
)

// MustOpen is named for it.
func MustOpen(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	return f, nil
}

// Serve runs until the first mistake and then terminates the program.
func Serve(next func() error) error {
	for {
		if err := next(); err != nil {
			log.Fatal(err)
		}
	}
}

// Watch can't return an error.
func Watch(path string) {
	if _, err := os.Stat(path); err != nil {
		log.Fatal(err)
	}
}

// Start exits in a goroutine, which can't return one either.
func Start(next func() error) error {
	if next == nil {
		return errors.New("nothing to do")
	}
	go func() {
		if err := next(); err != nil {
			log.Fatal(err)
		}
	}()
	return nil
}

func Second(interrupts <-chan os.Signal) error {
	<-interrupts
	if len(interrupts) > 0 {
		// The user has asked twice: exit at once.
		log.Fatal("interrupted")
	}
	return fmt.Errorf("interrupted")
}

// Usage ends with a status that a shell asks for.
func Usage(args []string) error {
	if len(args) == 0 {
		os.Exit(2)
	}
	return nil
}

// Pick guards against a mistake of its own.
func Pick(names []string, i int) (string, error) {
	if i >= len(names) {
		log.Fatalf("pick: %d of %d", i, len(names))
	}
	return names[i], nil
}

// Compare finds two ways of decoding that disagree.
func Compare(first, second error) error {
	if (first == nil) != (second == nil) {
		log.Fatalf("%v is not %v", first, second)
	}
	if second != nil {
		// Not to be reached: should never get here.
		log.Fatal(second)
	}
	return first
}

// Version answers a command's -version.
func Version(text string) error {
	if _, err := os.Stdout.WriteString(text); err != nil {
		log.Fatal(err)
	}
	os.Exit(0)
	return nil
}

type Limit struct {
	Name    string
	Percent int
	next    *Limit
}

// Validate ends the process for what isn't its caller's to mend: a list that
// isn't the package's own work, and a limit that nothing else here is told of.
func Validate(l *Limit, depth int) error {
	if l.Name == "" {
		return errors.New("limit without a name")
	}
	if l.next == nil {
		log.Fatalf("limit %s isn't linked", l.Name)
	}
	if depth > 1000 {
		log.Fatalf("depth %d", depth)
	}
	return Validate(l.next, depth+1)
}

// Join guards against itself where it checks what it is given.
func Join(limits []Limit, at int) (Limit, error) {
	if at >= len(limits) {
		return Limit{}, fmt.Errorf("no limit %d", at)
	}
	if at < 0 {
		log.Fatalf("internal error: limit %d", at)
	}
	return limits[at], nil
}

// mustStore is a type that is named for it.
type mustStore struct{ path string }

func (s mustStore) Read() ([]byte, error) {
	data, err := os.ReadFile(s.path)
	if err != nil {
		log.Fatal(err)
	}
	return data, nil
}
