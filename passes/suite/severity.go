package suite

// Severity is how much the findings of a check matter unless a user says
// otherwise, in the word that outputs use: "error" for what makes a program
// crash, hang or compute something wrong; "warning" for what does so in time
// or under load; "info" for what costs speed.
func (c Check) Severity() string {
	switch c.Group {
	case Races, Channels, Locks, Panics:
		return "error"
	case Hot:
		return "info"
	}
	return "warning"
}
