package good

func setLevel(level int) {}

// The deferred call is made once before, too: it sets back.
func verbose(f func()) {
	level := 1
	defer setLevel(level)
	level = 3
	setLevel(level)
	f()
}

// The error isn't set again behind the check.
func settled(open func() (int, error), tell func(int, error)) error {
	n, err := open()
	if err != nil {
		return err
	}
	defer tell(n, err)
	return nil
}
