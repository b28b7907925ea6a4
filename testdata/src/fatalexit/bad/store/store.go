// Package store ends the process of whoever uses it.
package store

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
)

type Store struct{ path string }

func Open(path string) (*Store, error) {
	if _, err := os.Stat(path); err != nil {
		log.Fatalf("store %s: %v", path, err) // want `log.Fatalf in Open, which returns error: the library ends its user's process`
	}
	return &Store{path: path}, nil
}

func (s *Store) Load(v any) error {
	data, err := os.ReadFile(s.path)
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		log.Fatal(err) // want `log.Fatal in Load, which returns error`
	}
	return nil
}

func (s *Store) each(f func(string) error) error {
	return f(s.path)
}

func (s *Store) Check() error {
	return s.each(func(path string) error {
		if _, err := os.Stat(path); err != nil {
			log.Fatalln("no path", err) // want `log.Fatalln in a function literal, which returns error`
		}
		return nil
	})
}

type Limit struct {
	Name    string
	Percent int
}

// Validate returns one thing that isn't valid, and ends the process for
// another.
func Validate(limits []Limit) error {
	for _, l := range limits {
		if l.Name == "" {
			return fmt.Errorf("limit without a name")
		}
		if l.Percent < 0 || l.Percent > 100 {
			log.Fatalf("limit %s: percent %d out of range", l.Name, l.Percent) // want `log.Fatalf in Validate, which returns error`
		}
	}
	return nil
}
