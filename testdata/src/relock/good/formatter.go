package good

import (
	"fmt"
	"log"
	"sync"
)

type meter struct {
	mu sync.Mutex
	n  int
}

func (m *meter) Format(f fmt.State, verb rune) { fmt.Fprint(f, "meter") }

func (m *meter) String() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return fmt.Sprint(m.n)
}

// show prints the meter by its method Format, which takes no lock.
func (m *meter) show() {
	m.mu.Lock()
	defer m.mu.Unlock()
	log.Println(m)
}

// kind and address of a meter are no reason to call its methods.
func (m *meter) kind() {
	m.mu.Lock()
	defer m.mu.Unlock()
	log.Printf("%T at %p", m, m)
}
