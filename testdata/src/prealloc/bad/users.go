// Package users builds lists and tables whose size is known.
package users

import "errors"

type user struct {
	name string
	age  int
	tags []string
}

type store struct{ users []user }

func (s *store) names() []string {
	var names []string
	for _, u := range s.users {
		names = append(names, u.name) // want `names grows from empty although it will hold len\(s.users\), for which there is room in one allocation`
	}
	return names
}

func (s *store) byName() map[string]*user {
	table := map[string]*user{}
	for i := range s.users {
		table[s.users[i].name] = &s.users[i] // want `table grows from empty although it will hold len\(s.users\)`
	}
	return table
}

func load(keys []string, find func(string) (user, bool)) ([]user, error) {
	list := make([]user, 0)
	for _, key := range keys {
		u, ok := find(key)
		if !ok {
			return nil, errors.New("no user " + key)
		}
		list = append(list, u) // want `list grows from empty although it will hold len\(keys\)`
	}
	return list, nil
}

func squares(n int) (out [][]int) {
	switch {
	case n > 0:
		row := []int{}
		for i := 0; i < n; i++ {
			row = append(row, i*i) // want `row grows from empty although it will hold n,`
		}
		out = append(out, row)
	}
	func() {
		counts := make(map[int]int)
		for i := range n {
			counts[i] = i // want `counts grows from empty although it will hold n,`
		}
		out = append(out, make([]int, len(counts)))
	}()
	return out
}

func keys(m map[string]int) []string {
	var list []string
	for k := range m {
		list = append(list, k) // want `list grows from empty although it will hold len\(m\)`
	}
	return list
}
