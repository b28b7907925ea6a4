package directive

import "strings"

// A Mark is what a diagnostic's category tells the driver beside the name of
// the check: whether the finding is normally hidden, and why. Hosts that
// don't know marks never see one, since findings are marked only when the
// driver has set -directive.marks.
type Mark struct {
	Check      string // analyzer name
	Kind       string // sub-kind, "" for none
	Low        bool   // below the confidence shown by default
	Suppressed string // the reason of the comment that silences it, "" for none
}

const (
	kindSep       = "/"
	lowMark       = "#low"
	suppressedSep = "#suppressed="
)

// Category encodes the mark: "NAME", "NAME/KIND", and behind it what hides it.
func (m Mark) Category() string {
	s := m.Check
	if m.Kind != "" {
		s += kindSep + m.Kind
	}
	if m.Low {
		s += lowMark
	}
	if m.Suppressed != "" {
		s += suppressedSep + m.Suppressed
	}
	return s
}

// ParseMark decodes a category. Any string decodes: one without marks is a
// check name with an optional sub-kind.
func ParseMark(category string) Mark {
	var m Mark
	category, m.Suppressed, _ = strings.Cut(category, suppressedSep)
	category, m.Low = strings.CutSuffix(category, lowMark)
	m.Check, m.Kind, _ = strings.Cut(category, kindSep)
	return m
}
