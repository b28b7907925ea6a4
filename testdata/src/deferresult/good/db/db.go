// Package db runs transactions that see their result.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"
)

type Store struct {
	db   *sql.DB
	last error
}

func (s *Store) Close() (err error) {
	defer func() {
		err = errors.Join(err, s.db.Close())
	}()
	return s.db.Ping()
}

func (s *Store) Insert(ctx context.Context, name string) (err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback()
		}
	}()
	if _, err := tx.Exec("insert into names values (?)", name); err != nil {
		return fmt.Errorf("insert: %w", err)
	}
	return tx.Commit()
}

// Same returns the variable that the deferred function asks, or what is made
// of it.
func (s *Store) Same(ctx context.Context) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback()
		}
	}()
	if _, err = tx.Exec("vacuum"); err != nil {
		return fmt.Errorf("vacuum: %w", err)
	}
	err = tx.Commit()
	return err
}

// Logged sets a variable for a log line of its own.
func (s *Store) Logged(do func() error) error {
	err := do()
	defer func() {
		err = errors.Join(err, s.db.Ping())
		log.Println("done:", err)
	}()
	return err
}

// Kept sets a field.
func (s *Store) Kept(do func() error) error {
	err := do()
	defer func() { s.last = err }()
	return err
}

// Two has another deferred function that reads what the first sets.
func (s *Store) Two(do func() error) error {
	err := do()
	defer func() { log.Println(err) }()
	defer func() { err = errors.Join(err, s.db.Ping()) }()
	return err
}

// Own has a variable of its own.
func (s *Store) Own(do func() error) error {
	err := do()
	defer func() {
		var err error
		if err = s.db.Ping(); err != nil {
			log.Println(err)
		}
	}()
	return err
}

// Before returns a new error before anything is deferred.
func (s *Store) Before(id int) error {
	if id < 0 {
		return errors.New("negative")
	}
	err := s.db.Ping()
	defer func() {
		if err != nil {
			log.Println(err)
		}
	}()
	return err
}

// Pointed hands its address on.
func (s *Store) Pointed(do func(*error)) error {
	var err error
	do(&err)
	defer func() { err = nil }()
	return err
}

// Counted sets what isn't returned.
func (s *Store) Counted(do func() error) error {
	running := true
	defer func() { running = false }()
	for running {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// Closed closes what the deferred function would close.
func (s *Store) Closed(ctx context.Context) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = conn.Close()
		}
	}()
	if err := conn.PingContext(ctx); err != nil {
		_ = conn.Close()
		return err
	}
	return nil
}

type registry map[string]int

// What was never added isn't taken out.
func (r registry) define(name string, measure func(string) (int, error)) (*int, error) {
	var err error
	defer func() {
		if err != nil {
			delete(r, name)
		}
	}()
	switch name {
	case "":
		return nil, errors.New("no name")
	default:
		r[name] = 0
		var n int
		n, err = measure(name)
		return &n, err
	}
}
