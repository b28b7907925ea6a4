package bad

import "database/sql"

func finish(tx *sql.Tx, err error) {
	if err != nil {
		_ = tx.Rollback()
		return
	}
	_ = tx.Commit()
}

// The error that is taken has been found to be nil.
func withdraw(db *sql.DB) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer finish(tx, err) // want `err is evaluated at the defer statement: finish gets its value from before line 20 sets it`
	_, err = tx.Exec("UPDATE accounts SET balance = balance - 1")
	return err
}

func (s *span) fail(step string, err error) { s.End(err) }

func traced(open func() (*span, error), work func() error) error {
	s, err := open()
	if err != nil {
		return err
	}
	defer s.fail("work", err) // want `err is evaluated at the defer statement`
	if err = work(); err != nil {
		return err
	}
	return nil
}
