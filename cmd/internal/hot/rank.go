package hot

import (
	"bytes"
	"cmp"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/compiler"
	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/passes/hotprofile"
)

// smallestShare is the part of the whole from which a line gets a row of its
// own though no check says anything about it.
const smallestShare = 0.005

// A ranking puts lines, costs, findings and decisions together.
type ranking struct {
	report   *Report
	packages []pkg
	owners   map[string]string // import path of the package that holds a file
	rows     map[spot]*Row
	contents map[string][]byte // of files that were read
	tests    bool              // some cost is in test files
}

// A spot is a line of a file.
type spot struct {
	file string
	line int
}

func newRanking(report *Report, packages []pkg) *ranking {
	return &ranking{report: report, packages: packages, owners: make(map[string]string), rows: make(map[spot]*Row), contents: make(map[string][]byte)}
}

// place makes a row of each line of the packages that the profile charges.
func (r *ranking) place() error {
	own := make(map[string]bool)
	for _, p := range r.packages {
		own[p.ImportPath], own[p.ImportPath+"_test"] = true, true
	}
	mains := make(map[string]bool) // folders and files of commands
	for _, p := range r.packages {
		for file, paths := range p.files() {
			r.owners[file] = p.ImportPath
			if slices.Contains(paths, "main") {
				mains[mainKey(file)] = true
			}
		}
	}
	charged := r.report.Profile.Charged(func(pkg, file string) bool {
		return own[pkg] || pkg == "main" && mains[mainKey(file)]
	})
	if len(charged) == 0 {
		return r.foreign()
	}
	strays, err := r.placeAll(charged)
	if err != nil {
		return err
	}
	if names := hotprofile.Names(strays); len(names) > 0 && r.matter(strays) {
		r.report.note("%s: another version of the code was profiled", outdated(names))
	}
	if len(r.rows) == 0 {
		return fmt.Errorf("profile %s fits no line of these packages: it is of another version of them", r.report.Profile.Path)
	}
	return nil
}

// matter reports whether the lines that fit nowhere took a good part of the
// whole. The compiler puts a few on lines outside of their function.
func (r *ranking) matter(strays []*hotprofile.Charge) bool {
	var lost hotprofile.Cost
	for _, c := range strays {
		lost.CPU += c.CPU
		lost.Bytes += c.Bytes
	}
	return r.report.Profile.Share(lost) >= 0.01
}

func outdated(names []string) string {
	const shown = 3
	text := strings.Join(names[:min(len(names), shown)], ", ")
	if len(names) > shown {
		text += ", …"
	}
	return fmt.Sprintf("left out what the profile says of %d functions that aren't there or have changed (%s)", len(names), text)
}

// mainKey tells commands apart, which are all called main.
func mainKey(file string) string {
	file = filepath.ToSlash(file)
	parts := strings.Split(file, "/")
	return strings.Join(parts[max(0, len(parts)-2):], "/")
}

// foreign says that the profile is of another program.
func (r *ranking) foreign() error {
	p := r.report.Profile
	of := ""
	for _, path := range p.Packages() {
		if strings.Contains(path, ".") {
			of = ": it knows " + path + " and others"
			break
		}
	}
	return fmt.Errorf("profile %s says nothing about these packages%s", p.Path, of)
}

// placeAll matches charges with the files, and returns those that fit no
// line any more.
func (r *ranking) placeAll(charged []hotprofile.Charge) (strays []*hotprofile.Charge, err error) {
	used := make([]bool, len(charged))
	for _, p := range r.packages {
		files := p.files()
		for _, file := range sortedKeys(files) {
			var here []*hotprofile.Charge
			for i := range charged {
				c := &charged[i]
				if !used[i] && slices.Contains(files[file], c.Package) && sameFile(c, file) {
					used[i] = true
					here = append(here, c)
				}
			}
			if len(here) == 0 {
				continue
			}
			fset := token.NewFileSet()
			syntax, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
			if syntax == nil {
				return nil, err
			}
			placed, lost := hotprofile.Place(fset, syntax, here)
			strays = append(strays, lost...)
			for _, at := range placed {
				r.add(file, at)
			}
		}
	}
	for i := range charged {
		if !used[i] {
			strays = append(strays, &charged[i])
		}
	}
	return strays, nil
}

func sameFile(c *hotprofile.Charge, file string) bool {
	if c.Package == "main" {
		return mainKey(c.File) == mainKey(file)
	}
	return filepath.Base(filepath.FromSlash(c.File)) == filepath.Base(file)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func (r *ranking) add(file string, at hotprofile.Placed) {
	row := r.row(file, at.At)
	row.Function = at.Outer()
	row.Cost.CPU += at.CPU
	row.Cost.Alloc += at.Alloc
	row.Cost.GC += at.GC
	row.Cost.Objects += at.Objects
	row.Cost.Bytes += at.Bytes
	r.tests = r.tests || strings.HasSuffix(file, "_test.go")
}

func (r *ranking) row(file string, line int) *Row {
	at := spot{file, line}
	if r.rows[at] == nil {
		r.rows[at] = &Row{File: file, Line: line}
	}
	return r.rows[at]
}

// concerned returns the packages about which the compiler is asked: those
// with costs or findings.
func (r *ranking) concerned(findings []finding.Finding) []string {
	var paths []string
	for at := range r.rows {
		paths = append(paths, r.owners[at.file])
	}
	for _, f := range findings {
		if owner, ok := r.owners[f.Range.Start.File]; ok {
			paths = append(paths, owner)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// judge adds what checks and compiler say, and ranks.
func (r *ranking) judge(findings []finding.Finding, words *compiler.Words) {
	for _, f := range findings {
		if !refuted(f, words) {
			r.attach(f)
		}
	}
	for at, row := range r.rows {
		if r.report.Share(*row) < smallestShare {
			continue
		}
		for _, d := range words.At(at.file, at.line) {
			if d.Kind == compiler.Escapes {
				row.Compiler = append(row.Compiler, d.String())
			}
		}
		r.report.Rows = append(r.report.Rows, *row)
	}
	slices.SortFunc(r.report.Rows, func(a, b Row) int {
		return cmp.Or(
			cmp.Compare(r.report.Share(b), r.report.Share(a)),
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
		)
	})
}

// attach puts a finding on the row whose cost it explains. That of a mistake
// in a declaration arises where values are made: of the lines that the
// finding points to and that its fix changes, the dearest has it. What costs
// nothing anywhere is left out: it isn't worth a change.
func (r *ranking) attach(f finding.Finding) {
	mistake := Mistake{Check: f.Check, Message: withoutPrice(f.Message)}
	places := []spot{{f.Range.Start.File, f.Range.Start.Line}}
	for _, related := range f.Related {
		places = append(places, spot{related.Range.Start.File, related.Range.Start.Line})
	}
	if len(f.Fixes) > 0 {
		mistake.Fix = f.Fixes[0].Message
		for _, edit := range f.Fixes[0].Edits {
			places = append(places, r.lineAt(edit.File, edit.Start))
		}
	}
	var dearest *Row
	for _, at := range places {
		row := r.rows[at]
		if row != nil && (dearest == nil || r.share(*row, f.Check) > r.share(*dearest, f.Check)) {
			dearest = row
		}
	}
	if dearest == nil || r.share(*dearest, f.Check) < smallestShare {
		return
	}
	if dearest.File != f.Range.Start.File || dearest.Line != f.Range.Start.Line {
		mistake.At = &Place{f.Range.Start.File, f.Range.Start.Line}
	}
	dearest.Mistakes = append(dearest.Mistakes, mistake)
}

// share is that of the row once it has a mistake that the check found.
func (r *ranking) share(row Row, check string) float64 {
	row.Mistakes = append(slices.Clip(row.Mistakes), Mistake{Check: check})
	return r.report.Share(row)
}

// lineAt returns the line of a byte in a file.
func (r *ranking) lineAt(file string, offset int) spot {
	content, ok := r.contents[file]
	if !ok {
		content, _ = os.ReadFile(file)
		r.contents[file] = content
	}
	return spot{file, 1 + bytes.Count(content[:min(offset, len(content))], []byte("\n"))}
}

// withoutPrice drops the remark in which a check says what the row says.
func withoutPrice(message string) string {
	if at := strings.LastIndex(message, " (memory: "); at >= 0 {
		return message[:at]
	}
	if at := strings.LastIndex(message, " ("); at >= 0 && strings.HasSuffix(message, " of the bytes allocated)") {
		return message[:at]
	}
	return message
}

// refuted reports whether the compiler knows better: what a check takes for
// an allocation stays on the stack.
func refuted(f finding.Finding, words *compiler.Words) bool {
	if f.Check != "hotpointer" && f.Check != "hotalloc" {
		return false
	}
	stays := false
	for _, d := range words.At(f.Range.Start.File, f.Range.Start.Line) {
		if d.Kind == compiler.Escapes {
			return false
		}
		stays = stays || d.Kind == compiler.Stays && d.Column == f.Range.Start.Column
	}
	return stays
}

// timeChecks are about time spent rather than memory taken.
var timeChecks = []string{"copyheavy", "falseshare"}

// Share is the part of the whole by which a row is ranked: what memory costs
// there, and for mistakes that cost time alone, the time.
func (r *Report) Share(row Row) float64 {
	for _, m := range row.Mistakes {
		if slices.Contains(timeChecks, m.Check) {
			return r.Profile.Share(row.Cost)
		}
	}
	return r.Profile.MemoryShare(row.Cost)
}
