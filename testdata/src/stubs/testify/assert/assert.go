// Package assert is a stub with what the fixtures use.
package assert

// TestingT is what assertions fail.
type TestingT interface {
	Errorf(format string, args ...any)
}

// NoError fails t if there is an error.
func NoError(t TestingT, err error, more ...any) bool { return err == nil }

// ErrorIs fails t if the error isn't the target.
func ErrorIs(t TestingT, err, target error, more ...any) bool { return err == target }
