package prelude

// Code outside of the package that uses one of its types, as the machine
// imagines it: construct makes a value, perform calls a method of it.

// clientSequence calls methods one after the other.
func clientSequence(x, setup, first, second any) any {
	perform(setup, x)
	perform(first, x)
	perform(second, x)
	return x
}

// clientPair calls two methods at the same time.
func clientPair(x, setup, first, second any) any {
	perform(setup, x)
	go clientCall(second, x)
	perform(first, x)
	return x
}

func clientCall(f, x any) { perform(f, x) }

func madeSequence(constructor, setup, first, second any) any {
	return clientSequence(construct(constructor), setup, first, second)
}

func madePair(constructor, setup, first, second any) any {
	return clientPair(construct(constructor), setup, first, second)
}
