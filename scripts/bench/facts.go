//go:build unix

package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"
)

// The goals for facts, which everybody pays for who runs the checks as a vet
// tool: bytes of the median package, and of all together for each hundred of
// export data.
const (
	goalMedian = 2048
	goalShare  = 5
)

// A burden is what a vet tool adds to the build cache for one package, and what
// the compiler put there.
type burden struct {
	path     string
	facts    int64
	types    int64 // that unitchecker writes beside the facts of any tool
	exported int64 // what importers read of the compiled package
}

// facts runs goconclint as a vet tool over a module, dependencies and tests
// included, with nothing of it in the build cache, and shows how large the
// facts are that it writes beside the export data of the same packages. More
// than the goals allow is an error.
func facts(ours string, c *corpus) error {
	if err := c.fillCaches(); err != nil {
		return err
	}
	vetted, err := c.vet(ours)
	if err != nil {
		return err
	}
	exports, err := c.exports()
	if err != nil {
		return err
	}
	var list []burden
	for path, b := range vetted {
		var ok bool
		if b.exported, ok = exports[path]; ok {
			list = append(list, b)
		}
	}
	return showFacts(os.Stdout, c.name, list)
}

// vet returns what the vet tool writes, by package.
func (c *corpus) vet(ours string) (map[string]burden, error) {
	vet := exec.Command("go", "vet", "-work", "-vettool="+ours, "./...")
	vet.Dir, vet.Env = c.module, c.environment()
	said, err := vet.CombinedOutput()
	if err != nil && !errors.As(err, new(*exec.ExitError)) { // there may be findings
		return nil, err
	}
	_, rest, _ := strings.Cut(string(said), "WORK=")
	work, _, ok := strings.Cut(rest, "\n")
	if !ok {
		return nil, fmt.Errorf("go vet names no folder that it worked in: %s", said)
	}
	defer os.RemoveAll(work)
	units, err := filepath.Glob(filepath.Join(work, "*", "vet.cfg"))
	if err != nil {
		return nil, err
	}
	list := make(map[string]burden)
	for _, name := range units {
		b, err := written(name)
		if err != nil {
			return nil, err
		}
		list[b.path] = b
	}
	return list, nil
}

// written reads what the vet tool has written for a unit that the go command
// describes. The file says "vetx", then how long the types are that follow,
// and how long the facts.
func written(description string) (burden, error) {
	data, err := os.ReadFile(description)
	if err != nil {
		return burden{}, err
	}
	var unit unitchecker.Config
	if err := json.Unmarshal(data, &unit); err != nil {
		return burden{}, err
	}
	const magic = "vetx"
	var head [len(magic) + 8]byte
	if err := readHead(unit.VetxOutput, head[:], magic); err != nil {
		return burden{}, err
	}
	typesSize, factsSize := binary.LittleEndian.Uint32(head[4:]), binary.LittleEndian.Uint32(head[8:])
	return burden{path: unit.ImportPath, facts: int64(factsSize), types: int64(typesSize)}, nil
}

// readHead reads the first bytes of a file, which are to begin as said.
func readHead(name string, head []byte, magic string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := io.ReadFull(file, head); err != nil {
		return err
	}
	if !bytes.HasPrefix(head, []byte(magic)) {
		return fmt.Errorf("%s doesn't begin with %q", name, magic)
	}
	return nil
}

// exports returns the size of the export data in the build cache, by package.
func (c *corpus) exports() (map[string]int64, error) {
	list := exec.Command("go", "list", "-export", "-deps", "-test", "-f", "{{if .Export}}{{.ImportPath}}\t{{.Export}}{{end}}", "./...")
	list.Dir, list.Env, list.Stderr = c.module, c.environment(), os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, err
	}
	sizes := make(map[string]int64)
	for line := range strings.Lines(string(out)) {
		path, name, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if sizes[path], err = exportedIn(name); err != nil {
			return nil, err
		}
	}
	return sizes, nil
}

// exportedIn reads the size of the first member of an archive, which is the
// export data; the object code stands behind it. The size stands in ten
// columns from the 48th of the member's head.
func exportedIn(name string) (int64, error) {
	const magic = "!<arch>\n"
	var head [len(magic) + 60]byte
	if err := readHead(name, head[:], magic); err != nil {
		return 0, err
	}
	return strconv.ParseInt(strings.TrimSpace(string(head[len(magic)+48:][:10])), 10, 64)
}

// showFacts prints the distribution and compares it with the goals.
func showFacts(w io.Writer, name string, list []burden) error {
	if len(list) == 0 {
		return errors.New("no package has both facts and export data")
	}
	slices.SortFunc(list, func(a, b burden) int {
		return cmp.Or(cmp.Compare(a.facts, b.facts), strings.Compare(a.path, b.path))
	})
	var total, types, exported int64
	saying := 0
	for _, b := range list {
		total, types, exported = total+b.facts, types+b.types, exported+b.exported
		if b.facts > 0 {
			saying++
		}
	}
	median, last := middle(list), list[len(list)-1]
	share := 100 * float64(total) / float64(exported)
	fmt.Fprintf(w, "%s: %d packages, %d with facts\n", name, len(list), saying)
	fmt.Fprintf(w, "facts of a package: median %d bytes, of those that have any %d, p95 %d, at most %d (%s)\n",
		median, middle(list[len(list)-saying:]), list[len(list)*95/100].facts, last.facts, last.path)
	fmt.Fprintf(w, "together %d bytes, %.2f %% of %d of export data (types for any vet tool: %d)\n", total, share, exported, types)
	if median >= goalMedian || share >= goalShare {
		return fmt.Errorf("more than the goals: %d bytes in the median, %d %% of export data", goalMedian, goalShare)
	}
	return nil
}

// middle returns the median of a sorted list, 0 of none.
func middle(list []burden) int64 {
	if len(list) == 0 {
		return 0
	}
	return list[len(list)/2].facts
}
