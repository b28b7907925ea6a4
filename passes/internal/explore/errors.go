package explore

// errorIs is errors.Is: an error is itself, and nil is no other. What an error
// wraps isn't known.
func errorIs(m *machine, inv *invocation, d delivery) {
	err, target := inv.args[0], inv.args[1]
	equal, known := same(err, target)
	_, isNil := err.(nilRef)
	if known && (equal || isNil) {
		m.deliver(d, equal)
		return
	}
	m.deliver(d, m.fresh(boolean))
}
