package hotness

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/hotprofile"
)

// hotShare is the part of the whole from which a line counts as hot: half a
// percent of the time, or of the bytes. Below it nothing that is done to the
// line can be measured.
const hotShare = 0.005

// hotSamples is how often a CPU profile must have met a line to say anything
// about it.
const hotSamples = 3

// Measured is what a profile says about the lines of one package.
type Measured struct {
	pass    *analysis.Pass
	profile *hotprofile.Profile
	costs   map[line]hotprofile.Charge
	decls   []*ast.FuncDecl // that were met, in source order
	totals  map[*ast.FuncDecl]hotprofile.Cost
}

// line is a line of a file of the package.
type line struct {
	file *token.File
	at   int
}

// measure matches the profile with the package, or returns nil when it says
// nothing of it.
func measure(pass *analysis.Pass, p *hotprofile.Profile) *Measured {
	if p == nil {
		return nil
	}
	m := &Measured{
		pass: pass, profile: p,
		costs:  make(map[line]hotprofile.Charge),
		totals: make(map[*ast.FuncDecl]hotprofile.Cost),
	}
	for _, file := range pass.Files {
		m.match(file)
	}
	if len(m.costs) == 0 {
		return nil
	}
	return m
}

func (m *Measured) match(file *ast.File) {
	in := m.pass.Fset.File(file.Pos())
	var charges []*hotprofile.Charge
	for _, path := range symbolPaths(m.pass) {
		charges = append(charges, m.profile.In(path, in.Name())...)
	}
	placed, _ := hotprofile.Place(m.pass.Fset, file, charges)
	for _, p := range placed {
		m.add(line{in, p.At}, *p.Charge)
		m.total(p.Decl, *p.Charge)
	}
}

func (m *Measured) add(at line, c hotprofile.Charge) {
	if known, ok := m.costs[at]; ok && known.Share(m.profile) >= c.Share(m.profile) {
		return // a function and a literal on one line: the larger one holds the other
	}
	m.costs[at] = c
}

// total keeps the largest line of a function as what the function takes, a
// lower bound.
func (m *Measured) total(decl *ast.FuncDecl, c hotprofile.Charge) {
	known, ok := m.totals[decl]
	if !ok {
		m.decls = append(m.decls, decl)
	}
	if !ok || m.profile.Share(c.Cost) > m.profile.Share(known) {
		m.totals[decl] = c.Cost
	}
}

// symbolPaths returns the paths under which the linker knows the package: a
// command's is "main", but not in its tests.
func symbolPaths(pass *analysis.Pass) []string {
	path, _, _ := strings.Cut(pass.Pkg.Path(), " ")
	if pass.Pkg.Name() == "main" && path != "main" {
		return []string{"main", path}
	}
	return []string{path}
}

// regions returns the functions that hold a hot line.
func (m *Measured) regions(reader *reader) []Region {
	if m == nil {
		return nil
	}
	var regions []Region
	for _, decl := range m.decls {
		if !m.isHot(decl) {
			continue
		}
		why := Evidence{Source: Profile, At: decl.Name, Share: m.share(m.totals[decl])}
		regions = append(regions, Region{Decl: decl, Body: decl.Body, Why: why, seen: reader, hot: m.isHot})
	}
	return regions
}

// isHot reports whether one of the node's lines is hot.
func (m *Measured) isHot(n ast.Node) bool {
	in := m.pass.Fset.File(n.Pos())
	if in == nil {
		return false
	}
	for at := in.Line(n.Pos()); at <= in.Line(n.End()); at++ {
		c, ok := m.costs[line{in, at}]
		if ok && c.Share(m.profile) >= hotShare && (m.profile.Kind != hotprofile.CPU || c.Samples >= hotSamples) {
			return true
		}
	}
	return false
}

// cost returns what is known of the line on which something stands.
func (m *Measured) cost(rng analysis.Range) (hotprofile.Charge, bool) {
	if m == nil {
		return hotprofile.Charge{}, false
	}
	in := m.pass.Fset.File(rng.Pos())
	c, ok := m.costs[line{in, in.Line(rng.Pos())}]
	return c, ok
}

func (m *Measured) share(c hotprofile.Cost) string {
	if m.profile.Kind == hotprofile.CPU {
		return percent(m.profile.Share(c)) + " of CPU time"
	}
	return percent(m.profile.Share(c)) + " of the bytes allocated"
}

// price says what memory costs at and below the line, for the end of a
// message; nothing when that can't be measured.
func (m *Measured) price(rng analysis.Range) string {
	c, ok := m.cost(rng)
	if !ok || m.profile.MemoryShare(c.Cost) < hotShare {
		return ""
	}
	if m.profile.Kind == hotprofile.CPU {
		return fmt.Sprintf(" (memory: %s of CPU time)", percent(m.profile.MemoryShare(c.Cost)))
	}
	return fmt.Sprintf(" (%s of the bytes allocated)", percent(m.profile.MemoryShare(c.Cost)))
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }
