package prelude

// Code outside of the package that uses one of its types, as the machine
// imagines it: construct makes a value, perform calls a method of it, or of
// what the method called first has made.

// clientSequence calls methods one after the other, again if need be.
func clientSequence(x, setup, first, second any, again bool) any {
	made := perform(setup, x, nil)
	perform(first, x, made)
	perform(second, x, made)
	if again {
		perform(first, x, made)
		perform(second, x, made)
	}
	return x
}

// clientPair calls two methods at the same time.
func clientPair(x, setup, first, second any) any {
	made := perform(setup, x, nil)
	apply(apply(made))
	go clientCall(second, x, made)
	perform(first, x, made)
	return x
}

// serve handles two requests at the same time, before it returns.
func serve(first, second any) {
	done := make(chan struct{}, 2)
	go serveRequest(first, done)
	go serveRequest(second, done)
	<-done
	<-done
}

func serveRequest(handler any, done chan<- struct{}) {
	perform(handler, nil, nil)
	done <- struct{}{}
}

func clientCall(f, x, made any) { perform(f, x, made) }

func madeSequence(constructor, setup, first, second any, again bool) any {
	return clientSequence(construct(constructor), setup, first, second, again)
}

func madePair(constructor, setup, first, second any) any {
	return clientPair(construct(constructor), setup, first, second)
}
