package prelude

// formatAll makes text of values, some of which have methods for that. The
// format says which are called; nil stands for none.
func formatAll(format any, values []any) {
	for i, v := range values {
		formatOne(format, i, v)
	}
}

// finalizers run after everything else, when nothing else can reach their
// object any more.
const late = 1 << 60

//model:func runtime.SetFinalizer
func setFinalizer(x, f any) {
	if f == nil {
		return
	}
	daemon(func() {
		sleep(late)
		accessed(x)
		call(f, bare(x))
	})
}

//model:func runtime.AddCleanup
func addCleanup(x, f, arg any) int {
	daemon(func() {
		sleep(late)
		accessed(x)
		call(f, arg)
	})
	return unknown()
}
