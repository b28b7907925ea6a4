package lsp

import "go.lsp.dev/protocol"

// A move is what an edit does to positions: what stood between from and to
// is replaced by something that ends at now. Findings of a package that
// doesn't compile at the moment stay where their code is.
type move struct{ from, to, now protocol.Position }

// all moves findings. One whose place is touched by the edit is gone: nobody
// knows whether it still holds.
func (m move) all(list []shown) []shown {
	var kept []shown
	for _, f := range list {
		r := f.diagnostic.Range
		if before(r.Start, m.to) && before(m.from, r.End) {
			continue
		}
		f.diagnostic.Range = protocol.Range{Start: m.position(r.Start), End: m.position(r.End)}
		kept = append(kept, f)
	}
	return kept
}

func (m move) position(p protocol.Position) protocol.Position {
	switch {
	case before(p, m.to):
		return p
	case p.Line == m.to.Line:
		return protocol.Position{Line: m.now.Line, Character: m.now.Character + p.Character - m.to.Character}
	}
	return protocol.Position{Line: p.Line - m.to.Line + m.now.Line, Character: p.Character}
}

func before(a, b protocol.Position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}

// overlap reports whether two ranges have a place in common, be it their
// ends.
func overlap(a, b protocol.Range) bool { return !before(a.End, b.Start) && !before(b.End, a.Start) }
