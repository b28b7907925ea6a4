package good

import "time"

// An Agent asks, before it starts, how many it should wait for, and waits no
// more once it has found them.
type Agent struct {
	expect   int
	isLeader func() bool
	last     func() (uint64, error)
	members  func() []member
	ready    bool
}

type member struct {
	version, expect int
	voter           bool
}

// NewAgent makes one.
func NewAgent(expect int, isLeader func() bool, last func() (uint64, error), members func() []member) *Agent {
	return &Agent{expect: expect, isLeader: isLeader, last: last, members: members}
}

// Start starts it.
func (a *Agent) Start() {
	a.StartServer()
	go a.loop()
}

// StartServer is the first half of it.
func (a *Agent) StartServer() {
	if a.expect == 1 {
		a.ready = true
	}
}

func (a *Agent) loop() {
	for {
		time.Sleep(time.Second)
		if a.expect == 0 || !a.isLeader() {
			continue
		}
		index, err := a.last()
		if err != nil {
			continue
		}
		if index != 0 {
			a.expect = 0
			continue
		}
		for _, m := range a.members() {
			if m.version > 3 && m.expect != a.expect && m.voter {
				a.expect = 0
			}
		}
	}
}
