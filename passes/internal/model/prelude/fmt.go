package prelude

type stringer interface{ String() string }

// formatAll prints values: it calls their methods or reads what they hold.
func formatAll(args []any) {
	for _, v := range args {
		switch v := v.(type) {
		case error:
			_ = v.Error()
		case stringer:
			_ = v.String()
		default:
			format(v)
		}
	}
}

//model:func fmt.Print
//model:func fmt.Println
//model:func log.Print
//model:func log.Println
func println_(args ...any) { formatAll(args) }

//model:func fmt.Printf
//model:func log.Printf
func printf(format string, args ...any) { formatAll(args) }

//model:func fmt.Fprint
//model:func fmt.Fprintln
func fprintln(w any, args ...any) { formatAll(args) }

//model:func fmt.Fprintf
func fprintf(w any, format string, args ...any) { formatAll(args) }

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
