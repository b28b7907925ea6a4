package prelude

// An error that was just made is not nil, and no other than itself.
type madeError struct{ text any }

func (e *madeError) Error() string { return "" }

//model:func errors.New
func errorsNew(text any) error { return &madeError{text} }

//model:func fmt.Errorf
func errorf(format any, args ...any) error {
	formatAll(format, args)
	return &madeError{args}
}
