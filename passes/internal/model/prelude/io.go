package prelude

type reader interface {
	Read(p []byte) (int, error)
}

// The functions of package io read until they have enough: once stands for
// every number of times.

//model:func io.ReadFull
func readFull(r any, p []byte) (int, error) { return readOnce(r, p) }

//model:func io.ReadAtLeast
func readAtLeast(r any, p []byte, n int) (int, error) { return readOnce(r, p) }

func readOnce(r any, p []byte) (int, error) { return r.(reader).Read(p) }

//model:func sort.Slice
//model:func sort.SliceStable
func sortSlice(x any, less any) {
	callUnknown(less)
	write(bare(x))
}

//model:func slices.SortFunc
//model:func slices.SortStableFunc
func sortFunc(x any, cmp any) {
	callUnknown(cmp)
	write(x)
}

//model:func path/filepath.Walk
//model:func path/filepath.WalkDir
func walk(root any, f any) error {
	if isTrue() {
		callUnknown(f)
	}
	return nil
}

// callbacks is a library function that calls a function of the caller's
// before it returns, as often as it likes.
func callbacks(f any) {
	for isTrue() {
		callUnknown(f)
	}
}

// iterate is an iterator that nothing is known of.
func iterate(yield any) {
	for isTrue() {
		if !callYield(yield) {
			return
		}
	}
}
