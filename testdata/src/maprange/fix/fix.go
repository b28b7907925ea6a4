package fix

import (
	"fmt"
	"strings"
)

func qualify(env map[string]string, prefix string) {
	for name, value := range env { // all of them
		delete(env, name)
		env[prefix+"_"+strings.TrimSpace(name)] = value // want `env gets a new key`
	}
}

type store struct{ rows map[int]map[string]int }

func (s *store) numbered(i int) {
	for name, n := range s.rows[i] {
		s.rows[i][fmt.Sprintf("%s %d", name, n)] = n // want `s.rows\[i\] gets a new key`
	}
}
