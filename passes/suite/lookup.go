package suite

// Groups returns the groups in the order in which they are shown.
func Groups() []Group {
	return []Group{Races, Channels, Locks, Panics, Defers, Hot}
}

// In returns the checks of one group, in the order of [All].
func In(group Group) []Check {
	var list []Check
	for _, check := range All() {
		if check.Group == group {
			list = append(list, check)
		}
	}
	return list
}

// Named returns the check of that name.
func Named(name string) (Check, bool) {
	for _, check := range All() {
		if check.Name() == name {
			return check, true
		}
	}
	return Check{}, false
}
