// Package users does nearly the same.
package users

type user struct {
	name string
	age  int
}

func names(users []user) []string {
	names := make([]string, 0, len(users))
	for _, u := range users {
		names = append(names, u.name)
	}
	return names
}

func adults(users []user) []user {
	var list []user
	for _, u := range users {
		if u.age >= 18 {
			list = append(list, u)
		}
	}
	return list
}

func until(users []user, last string) []user {
	list := []user{}
	for _, u := range users {
		if u.name == last {
			break
		}
		list = append(list, u)
	}
	return list
}

func received(in chan user) []user {
	var list []user
	for u := range in {
		list = append(list, u)
	}
	return list
}

func letters(s string) []rune {
	var list []rune
	for _, r := range s {
		list = append(list, r)
	}
	return list
}

func started(users []user, more func([]user)) []user {
	list := []user{}
	more(list)
	for _, u := range users {
		list = append(list, u)
	}
	return list
}

func shrunk(users []user) []user {
	var list []user
	users = users[1:]
	for _, u := range users {
		list = append(list, u)
	}
	return list
}

func doubled(users []user) []user {
	var list []user
	for _, u := range users {
		list = append(list, u)
		list = append(list, u)
	}
	return list
}

// hot code is hotalloc's.
//
//goconclint:hot
func hot(users []user) []user {
	list := []user{}
	for _, u := range users {
		list = append(list, u)
	}
	return list
}
