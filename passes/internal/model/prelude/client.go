package prelude

// runClient is what the machine starts for a type that goroutines share: two
// of them call its methods, after another method has filled it.
func runClient(construct, setup, first, second any) {
	x := received(callUnknown(construct))
	callMethod(setup, x)
	go callMethod(first, x)
	callMethod(second, x)
}

// runInTurn calls two methods one after the other.
func runInTurn(construct, first, second any) {
	x := received(callUnknown(construct))
	callMethod(first, x)
	callMethod(second, x)
}

// runHandlers is what the machine starts for handlers, which servers run on
// a goroutine for each request.
func runHandlers(first, second any) {
	go callUnknown(first)
	callUnknown(second)
}
