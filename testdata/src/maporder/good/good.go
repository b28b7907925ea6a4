package good

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"slices"
	"sort"
	"strings"
)

// Sorted, in all ways that there are.
func sorted(set map[string]int) string {
	var a, b, c, d []string
	for name := range set {
		a = append(a, name)
		b = append(b, name)
		c = append(c, name)
		d = append(d, name)
	}
	sort.Strings(a)
	slices.SortFunc(b, strings.Compare)
	sort.Sort(sort.Reverse(sort.StringSlice(c)))
	sortByLength(d)
	return strings.Join(a, ",") + strings.Join(b, ",") + strings.Join(c, ",") + strings.Join(d, ",")
}

func sortByLength(list []string) {
	sort.Slice(list, func(i, j int) bool { return len(list[i]) < len(list[j]) })
}

func sortedKeys(w io.Writer, set map[string]int) {
	for _, name := range slices.Sorted(maps.Keys(set)) {
		fmt.Fprintln(w, name, set[name])
	}
	keys := slices.Collect(maps.Keys(set))
	slices.Sort(keys)
	fmt.Fprintln(w, keys)
}

// Sorted by every caller.
func keys(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for name := range set {
		list = append(list, name)
	}
	return list
}

func line(set map[string]bool) string {
	list := keys(set)
	sort.Strings(list)
	return strings.Join(list, ",")
}

func size(set map[string]bool) int { return len(keys(set)) }

// An exported function's callers aren't known.
func Keys(set map[string]bool) (list []string) {
	for name := range set {
		list = append(list, name)
	}
	return list
}

// Folds that don't depend on the order.
func folds(set map[string]int) (n, sum, most int, first string, inverse map[int]string) {
	inverse = make(map[int]string)
	for name, count := range set {
		n++
		sum += count
		most = max(most, count)
		inverse[count] = name
		if first == "" || name < first {
			first = name
		}
		if count > most {
			most = count
		}
	}
	return n, sum, most, first, inverse
}

// The greatest key, of which there is one.
func last(set map[string]int) (last string, n int) {
	for name, count := range set {
		if name > last {
			last, n = name, count
		}
	}
	return last, n
}

// Written to something of the entry.
func split(files map[string]*os.File, rows map[string][]string) {
	for name, file := range files {
		fmt.Fprintln(file, name)
		files[name].WriteString("end")
		var b strings.Builder
		for _, row := range rows[name] {
			b.WriteString(row)
		}
		log.Println(b.String())
	}
}

// What only one entry comes to.
func lookup(set map[string]string, wanted string, w io.Writer) string {
	for name, value := range set {
		if name == wanted {
			fmt.Fprintln(w, value)
			return value
		}
		switch name {
		case "default":
			fmt.Fprintln(w, value)
		}
	}
	for name, value := range set {
		if value == wanted {
			return name
		}
	}
	return ""
}

// Whether there is any, and an error of any.
func valid(set map[string]string) (bool, error) {
	for name := range set {
		if strings.HasPrefix(name, "x-") {
			return true, nil
		}
	}
	for name, value := range set {
		if strings.Contains(value, "\n") {
			return false, fmt.Errorf("%s has a line break", name)
		}
	}
	return false, nil
}

// Encoders that sort by themselves, and logs.
func encode(set map[string]int) ([]byte, error) {
	for name := range set {
		log.Print(name)
		fmt.Fprintln(os.Stderr, name)
	}
	fmt.Println(set)
	return json.Marshal(set)
}

// The only element, and elements at unknown places.
func only(set map[string]bool, i int) string {
	list := slices.Collect(maps.Keys(set))
	if len(list) == 1 {
		return list[0]
	}
	other := keys(set)
	return other[i]
}

// A separator, which isn't of the entry.
func dots(set map[string]bool) string {
	var b strings.Builder
	for range set {
		b.WriteByte('.')
	}
	return b.String()
}

// One entry at a time, and a list for the log.
func each(set map[string]string, use func(string)) {
	var b strings.Builder
	var names []string
	for name, value := range set {
		b.Reset()
		b.WriteString(name)
		fmt.Fprintf(&b, "=%s", value)
		use(b.String())
		names = append(names, name)
	}
	log.Printf("all of %s", strings.Join(names, ", "))
}
