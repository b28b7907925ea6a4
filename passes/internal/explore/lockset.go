package explore

import "go/types"

// A lockset is the list of locks that a goroutine holds, newest first. It is
// persistent: accesses keep the one they were made under.
type lockset struct {
	next   *lockset
	lock   pointer
	shared bool // held for reading
	at     *site
	tried  bool // taken by TryLock: it keeps others out, and guards nothing
}

func (l *lockset) with(lock pointer, shared bool, at *site) *lockset {
	return &lockset{next: l, lock: lock, shared: shared, at: at}
}

// without drops the newest entry for a lock.
func (l *lockset) without(lock pointer, shared bool) *lockset {
	if l == nil {
		return nil
	}
	if l.lock == lock && l.shared == shared {
		return l.next
	}
	rest := l.next.without(lock, shared)
	if rest == l.next {
		return l
	}
	kept := *l
	kept.next = rest
	return &kept
}

// find returns the entry for a lock, or nil.
func (l *lockset) find(lock pointer) *lockset {
	for ; l != nil; l = l.next {
		if l.lock == lock {
			return l
		}
	}
	return nil
}

// A lockClass is a lock as the source names it: a field of a type, or a
// variable. Two locks of one class on objects that we don't know may be one.
type lockClass struct {
	typ  string
	path string
}

func (m *machine) class(p pointer) lockClass {
	t := types.Type(nil)
	if o := m.st.object(p.obj); o != nil {
		t = o.typ
	}
	// The class counts from the innermost named type on the path.
	name, rest := typeName(t), ""
	var steps []*path
	for at := p.path; at != nil; at = at.parent {
		steps = append(steps, at)
	}
	for i := len(steps) - 1; i >= 0; i-- {
		if t = partType2(t, steps[i].index); t == nil {
			break
		}
		rest += "." + fieldName(steps, i)
		if n := typeName(t); n != "" && i > 0 {
			name, rest = n, ""
		}
	}
	return lockClass{name, rest}
}

func partType2(t types.Type, i int64) types.Type {
	if t == nil {
		return nil
	}
	return partType(t, i)
}

func typeName(t types.Type) string {
	if t == nil {
		return ""
	}
	if _, ok := types.Unalias(t).(*types.Named); ok {
		return types.TypeString(t, nil)
	}
	return ""
}

func fieldName(steps []*path, i int) string {
	const digits = "0123456789"
	n := steps[i].index
	if n < 0 {
		return "?"
	}
	if n < 10 {
		return digits[n : n+1]
	}
	return fieldName([]*path{{index: n / 10}}, 0) + digits[n%10:n%10+1]
}

// sharesClass reports whether both sides of a race hold locks that the
// source can't tell apart.
func (m *machine) sharesClass(a, b *lockset) bool {
	for x := a; x != nil; x = x.next {
		for y := b; y != nil; y = y.next {
			if (!x.shared || !y.shared) && m.class(x.lock) == m.class(y.lock) {
				return true
			}
		}
	}
	return false
}
