package bad

// Poll asks again and again; what went wrong last isn't its last word.
type Poll struct {
	C   <-chan int
	err error
}

// StartPoll starts to ask.
func StartPoll(next func() (int, error)) *Poll {
	c := make(chan int)
	p := &Poll{C: c}
	go func() {
		defer close(c)
		for {
			n, err := next()
			if err != nil {
				p.err = err // want `p.err is written here while`
				continue
			}
			if n < 0 {
				return
			}
			c <- n
		}
	}()
	return p
}

// Err returns what went wrong last.
func (p *Poll) Err() error { return p.err }
