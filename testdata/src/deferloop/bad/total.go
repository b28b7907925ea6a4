package bad

import "os"

// total is no main function: its caller goes on.
func total(names []string) (sum int64, err error) {
	for _, name := range append(names, os.Args[1:]...) {
		f, err := os.Open(name)
		if err != nil {
			return 0, err
		}
		defer f.Close() // want `f\.Close runs when total returns`
		info, err := f.Stat()
		if err != nil {
			return 0, err
		}
		sum += info.Size()
	}
	return sum, nil
}

var _ = total
