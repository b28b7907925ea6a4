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

// model fmt.Print
// model fmt.Println
// model log.Print
// model log.Println
func println_(args ...any) { formatAll(args) }

// model fmt.Printf
// model log.Printf
func printf(format string, args ...any) { formatAll(args) }

// model fmt.Fprint
// model fmt.Fprintln
func fprintln(w any, args ...any) { formatAll(args) }

// model fmt.Fprintf
func fprintf(w any, format string, args ...any) { formatAll(args) }

// finalizers run after everything else, when nothing else can reach their
// object any more.
const late = 1 << 60

// model runtime.SetFinalizer
func setFinalizer(x, f any) {
	if f == nil {
		return
	}
	daemon(func() {
		sleep(late)
		accessed(x)
		call(f, x)
	})
}

// model runtime.AddCleanup
func addCleanup(x, f, arg any) int {
	daemon(func() {
		sleep(late)
		accessed(x)
		call(f, arg)
	})
	return unknown()
}
