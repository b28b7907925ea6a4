// Package db runs transactions whose end misses their result.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"
	"sync"
	"time"
)

type Store struct {
	db      *sql.DB
	mu      sync.Mutex
	elapsed func(time.Duration)
}

// Close sets an error that nobody returns.
func (s *Store) Close() error {
	err := s.flush()
	defer func() {
		err = errors.Join(err, s.db.Close()) // want `err is set too late: the results have no names, and return has read it before the deferred function runs`
	}()
	return err
}

func (s *Store) flush() error { return s.db.Ping() }

// Insert doesn't roll back when the second statement fails.
func (s *Store) Insert(ctx context.Context, name string) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil { // want `err is not what the function returns: line 46 returns another err, and the deferred function doesn't see it`
			_ = tx.Rollback()
			return
		}
		_ = tx.Commit()
	}()
	_, err = tx.Exec("insert into names values (?)", name)
	if _, err := tx.Exec("insert into log values (?)", name); err != nil {
		return err
	}
	return err
}

// Move makes an error that the deferred function never sees.
func (s *Store) Move(ctx context.Context, from, to int) (int64, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err == nil { // want `err is not what the function returns: line 68 returns a new error`
			_ = tx.Commit()
		}
	}()
	result, err := tx.Exec("update names set id = ? where id = ?", to, from)
	if err != nil {
		return 0, err
	}
	n, _ := result.RowsAffected()
	if n == 0 {
		return 0, fmt.Errorf("no row %d", from)
	}
	return n, nil
}

// Guard turns a panic into an error, too late.
func (s *Store) Guard(do func() error) error {
	var err error
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r) // want `err is set too late`
		}
	}()
	err = do()
	return err
}

// Timed returns a duration that is always zero.
func (s *Store) Timed(do func()) time.Duration {
	start := time.Now()
	var took time.Duration
	defer func() {
		took = time.Since(start) // want `took is set too late`
	}()
	do()
	return took
}

// Lookup has two results.
func (s *Store) Lookup(id int) (string, error) {
	var name string
	var err error
	rows, err := s.db.Query("select name from names where id = ?", id)
	if err != nil {
		return "", err
	}
	defer func() {
		if cerr := rows.Close(); cerr != nil && err == nil {
			err = cerr // want `err is set too late`
		}
	}()
	for rows.Next() {
		if err = rows.Scan(&name); err != nil {
			log.Println(err)
		}
	}
	return name, err
}

// Each does so in a literal.
func (s *Store) Each(ids []int, do func(int) error) error {
	one := func(id int) error {
		s.mu.Lock()
		err := do(id)
		defer func() {
			s.mu.Unlock()
			if err != nil { // want `err is not what the function returns: line 129 returns a new error`
				log.Println("failed:", id)
			}
		}()
		if id < 0 {
			return errors.New("negative")
		}
		return err
	}
	for _, id := range ids {
		if err := one(id); err != nil {
			return err
		}
	}
	return nil
}
