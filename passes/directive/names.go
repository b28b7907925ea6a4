package directive

import "slices"

// names lists the checks that exist, sorted: this package lies below the
// suite and can't ask it, so a test of the suite compares the two.
var names = []string{
	"atomic",
	"atomicmix",
	"cgomisuse",
	"chanleak",
	"checkthenact",
	"closemisuse",
	"condmisuse",
	"copyheavy",
	"copylocks",
	"datarace",
	"deferargs",
	"deferloop",
	"deferresult",
	"directive",
	"emptystruct",
	"falseshare",
	"fatalexit",
	"gopanic",
	"guardedby",
	"hotalloc",
	"hotpointer",
	"lockblocked",
	"lockorder",
	"loopcapture",
	"mapguard",
	"maporder",
	"maprange",
	"missingunlock",
	"neverclosed",
	"oncemisuse",
	"panicmisuse",
	"prealloc",
	"recovermisuse",
	"relock",
	"retained",
	"shutdown",
	"sigchanyzer",
	"slicearray",
	"testinggoroutine",
	"testoutlive",
	"unsafeshare",
	"unusedresult",
	"waitgroup",
	"waitmisuse",
}

// Known reports whether the name is that of a check in the suite.
func Known(name string) bool {
	_, found := slices.BinarySearch(names, name)
	return found
}

// vets lists those of them that are go vet's, sorted; a test of the suite
// compares this too.
var vets = []string{
	"atomic",
	"copylocks",
	"sigchanyzer",
	"testinggoroutine",
	"unusedresult",
	"waitgroup",
}

func isVet(name string) bool {
	_, found := slices.BinarySearch(vets, name)
	return found
}

// Vet returns the names of the checks that go vet runs too, sorted.
func Vet() []string { return slices.Clone(vets) }

// Names returns the names of all checks in the suite, sorted.
func Names() []string { return slices.Clone(names) }
