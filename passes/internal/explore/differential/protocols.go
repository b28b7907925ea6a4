package differential

// The protocols by which goroutines of a program talk: each declares what it
// needs and hands out duties. What is broken by mistake is drawn here.

// stream: one sends some values and closes, another takes them all.
func (p *program) stream() {
	ch, n := p.name("ch"), 1+p.r.IntN(2)
	p.makeChannel(ch, n)
	from := p.someone()
	to := p.other(from)
	p.give(from, func() {
		p.times(n, func() { p.text.add(visible, "%s <- 1", ch) })
		if !p.mistake() {
			p.closeChannel(ch)
		}
	})
	if p.mistake() {
		p.give(p.someone(), func() { p.closeChannel(ch) })
	}
	p.give(to, func() {
		if p.mistake() {
			p.receive(ch)
			return
		}
		p.use("range over channel")
		p.text.open(visible, "for v := range %s {", ch)
		p.text.add(plain, "s += v")
		p.text.shut(turn, "}")
	})
}

func (p *program) closeChannel(ch string) {
	p.use("close")
	p.text.add(visible, "close(%s)", ch)
}

// times repeats a duty, in a loop or written out.
func (p *program) times(n int, d duty) {
	if n > 1 && p.chance(0.5) {
		p.use("loop")
		p.text.open(plain, "for range %d {", n)
		d()
		p.text.shut(plain, "}")
		return
	}
	for range n {
		d()
	}
}

// receive takes one value, in one of the forms that the language has.
func (p *program) receive(ch string) {
	switch p.r.IntN(3) {
	case 0:
		p.text.add(visible, "<-%s", ch)
	case 1:
		p.text.add(visible, "s += <-%s", ch)
	default:
		p.use("comma ok")
		p.text.open(visible, "if v, ok := <-%s; ok {", ch)
		p.text.add(plain, "s += v")
		p.text.shut(plain, "}")
	}
}

// replies: several send one value each, one takes as many. A variable may
// pass from hand to hand with them.
func (p *program) replies() {
	ch := p.name("ch")
	p.makeChannel(ch, len(p.workers))
	x := p.name("x")
	handed := p.chance(0.5)
	if handed {
		p.defineNumber(x)
	}
	for i, w := range p.workers {
		writes := handed && (i == 0 || p.mistake())
		p.give(w, func() {
			late := p.mistake()
			if writes && !late {
				p.text.add(plain, "%s++", x)
			}
			p.text.add(visible, "%s <- %d", ch, i)
			if writes && late {
				p.text.add(plain, "%s++", x)
			}
		})
	}
	n := len(p.workers)
	if p.mistake() {
		n += p.r.IntN(3) - 1
	}
	p.give(nil, func() {
		p.times(n, func() { p.receive(ch) })
		if handed {
			p.text.add(plain, "s += %s", x)
		}
	})
}

// signal: one closes a channel once it has prepared something, the others
// wait for that.
func (p *program) signal() {
	ch := p.name("ready")
	p.use("unbuffered channel")
	p.define(ch, "%s := make(chan struct{})")
	x := p.name("x")
	p.defineNumber(x)
	from := p.someone()
	p.give(from, func() {
		late := p.mistake()
		if !late {
			p.text.add(plain, "%s = 1", x)
		}
		if !p.mistake() {
			p.closeChannel(ch)
		}
		if late {
			p.text.add(plain, "%s = 1", x)
		}
	})
	for _, w := range p.workers {
		if w == from || p.chance(0.4) {
			continue
		}
		p.give(w, func() {
			if !p.mistake() {
				p.text.add(visible, "<-%s", ch)
			}
			p.text.add(plain, "s += %s", x)
		})
	}
}

// published: one prepares something and says so by an atomic variable, the
// others look at it first.
func (p *program) published() {
	p.use("atomic")
	n, x := p.name("n"), p.name("x")
	p.define(n, "var %s atomic.Int32")
	p.defineNumber(x)
	say := p.oneOf("%s.Store(1)", "%s.Add(1)", "%s.CompareAndSwap(0, 1)")
	from := p.someone()
	p.give(from, func() {
		late := p.mistake()
		if !late {
			p.text.add(plain, "%s = 1", x)
		}
		p.text.add(visible, say, n)
		if late {
			p.text.add(plain, "%s = 1", x)
		}
	})
	p.give(p.other(from), func() {
		look := "if %s.Load() == 1 {"
		if p.chance(0.4) {
			p.use("compare and swap")
			look = "if %s.CompareAndSwap(1, 2) {"
		}
		p.text.open(visible, look, n)
		p.text.add(plain, "s += %s", x)
		p.text.shut(plain, "}")
		if p.mistake() {
			p.text.add(plain, "s += %s", x)
		}
	})
}

// token: a channel with one place is a lock.
func (p *program) token() {
	p.use("buffered channel")
	ch, x := p.name("token"), p.name("x")
	p.define(ch, "%s := make(chan struct{}, 1)")
	p.defineNumber(x)
	for range 2 + p.r.IntN(2) {
		p.give(p.someone(), func() {
			guarded := !p.mistake()
			if guarded {
				p.text.add(visible, "%s <- struct{}{}", ch)
			}
			p.text.add(plain, "%s++", x)
			if guarded && !p.mistake() {
				p.text.add(visible, "<-%s", ch)
			}
		})
	}
}

// cancelled: goroutines that wait until a context is cancelled, or for
// something else, whichever comes first.
func (p *program) cancelled() {
	p.use("context")
	ctx, cancel := p.name("ctx"), p.name("cancel")
	p.text.add(plain, "%s, %s := context.WithCancel(context.Background())", ctx, cancel)
	p.text.add(plain, "_ = %s", cancel)
	ch := p.name("ch")
	p.makeChannel(ch, 1)
	from := p.someone()
	p.give(from, func() {
		if !p.mistake() {
			p.text.add(visible, "%s()", cancel)
		}
	})
	p.give(p.other(from), func() {
		if p.chance(0.3) {
			p.text.add(visible, "<-%s.Done()", ctx)
			return
		}
		p.choose([]string{"<-" + ctx + ".Done()", ch + " <- 1"}, false)
	})
	if p.chance(0.4) {
		p.give(p.someone(), func() { p.choose([]string{"<-" + ctx + ".Done()", "v := <-" + ch}, false) })
	}
	if p.mistake() {
		p.give(p.someone(), func() { p.receive(ch) })
	}
}

// choose writes a select.
func (p *program) choose(cases []string, orElse bool) {
	p.use("select")
	p.text.open(visible, "select {")
	for i, c := range cases {
		p.text.arm("case %s:", c)
		if len(c) > 4 && c[:4] == "v :=" {
			p.text.add(plain, "s += v")
			continue
		}
		p.text.add(plain, "s += %d", i)
	}
	if orElse {
		p.use("select with default")
		p.text.arm("default:")
	}
	p.text.shut(plain, "}")
}

// choice: one selects over two channels that others serve.
func (p *program) choice() {
	a, b := p.name("ch"), p.name("ch")
	p.makeChannel(a, 1)
	p.makeChannel(b, 1)
	one := p.someone()
	orElse := p.chance(0.4)
	p.give(one, func() {
		cases := []string{"v := <-" + a, "v := <-" + b}
		if p.chance(0.3) {
			cases[1] = b + " <- 1"
		}
		p.choose(cases, orElse)
	})
	sends := p.chance(0.5)
	p.give(p.other(one), func() {
		if sends {
			p.text.add(visible, "%s <- 1", a)
		} else {
			p.closeChannel(a)
		}
	})
	if p.mistake() {
		p.give(p.other(one), func() { p.text.add(visible, "%s <- 1", b) })
	}
}

// rendezvous: two meet at an unbuffered channel, and a variable changes
// hands with it.
func (p *program) rendezvous() {
	p.use("unbuffered channel")
	ch, x := p.name("ch"), p.name("x")
	p.define(ch, "%s := make(chan int)")
	p.defineNumber(x)
	from := p.someone()
	swapped := p.chance(0.5) // the receiver writes before, the sender reads after
	p.give(from, func() {
		if !swapped || p.mistake() {
			p.text.add(plain, "%s = 1", x)
		}
		p.text.add(visible, "%s <- 1", ch)
		if swapped {
			p.text.add(plain, "s += %s", x)
		}
	})
	p.give(p.other(from), func() {
		if swapped {
			p.text.add(plain, "%s = 2", x)
		}
		if !p.mistake() {
			p.receive(ch)
		}
		if !swapped {
			p.text.add(plain, "s += %s", x)
		}
	})
}

// condition: one waits on a Cond until another has set a variable.
func (p *program) condition() {
	p.use("cond")
	mu, c, x := p.name("mu"), p.name("cond"), p.name("set")
	p.define(mu, "var %s sync.Mutex")
	p.define(c, "%s := sync.NewCond(&%s)", mu)
	p.define(x, "%s := false")
	from := p.someone()
	p.give(from, func() {
		p.text.add(visible, "%s.Lock()", mu)
		p.text.add(plain, "%s = true", x)
		p.text.add(visible, "%s.Unlock()", mu)
		if !p.mistake() {
			p.text.add(visible, "%s.%s()", c, p.oneOf("Signal", "Broadcast"))
		}
	})
	p.give(p.other(from), func() {
		loop := "for"
		if p.mistake() {
			loop = "if"
		}
		p.text.add(visible, "%s.Lock()", mu)
		p.text.open(plain, "%s !%s {", loop, x)
		if p.mistake() { // decides, then waits: what comes between is lost
			p.text.add(visible, "%s.Unlock()", mu)
			p.text.add(visible, "%s.Lock()", mu)
		}
		p.text.add(visible, "%s.Wait()", c)
		p.text.shut(plain, "}")
		p.text.add(visible, "%s.Unlock()", mu)
	})
}

func (p *program) oneOf(words ...string) string { return words[p.r.IntN(len(words))] }

// nested: two locks that are held together, in the same order or not.
func (p *program) nested() {
	p.use("mutex")
	a, b, x := p.name("mu"), p.name("mu"), p.name("x")
	p.text.add(plain, "var %s, %s sync.Mutex", a, b)
	p.defineNumber(x)
	for range 2 {
		p.give(p.someone(), func() {
			outer, inner := a, b
			if p.mistake() {
				outer, inner = inner, outer
			}
			p.text.add(visible, "%s.Lock()", outer)
			p.text.add(visible, "%s.Lock()", inner)
			p.text.add(plain, "%s++", x)
			p.text.add(visible, "%s.Unlock()", inner)
			p.text.add(visible, "%s.Unlock()", outer)
		})
	}
}

// readers: some look at a variable under a read lock, and by mistake change
// it there; another one changes it under the lock, which it may only try to
// take.
func (p *program) readers() {
	p.use("rwmutex")
	l := lock{name: p.name("rw"), readers: true}
	p.define(l.name, "var %s sync.RWMutex")
	v := &variable{name: p.name("x"), kind: number, by: byLock, lock: l}
	p.defineNumber(v.name)
	reader := p.someone()
	for _, w := range []*worker{reader, p.other(reader)} {
		writes := p.mistake()
		p.give(w, func() { p.locked(l, false, func() { p.touch(v, writes) }) })
	}
	tries := p.chance(0.5)
	p.give(p.someone(), func() {
		if tries {
			p.tried(l, "Lock", "Unlock", func() { p.touch(v, true) })
			return
		}
		p.locked(l, true, func() { p.touch(v, true) })
	})
}
