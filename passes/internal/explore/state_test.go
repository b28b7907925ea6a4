package explore

import (
	"go/types"
	"testing"
)

// TestForkIsolates: what one fork writes, the other doesn't see, and equal
// contents have equal digests again.
func TestForkIsolates(t *testing.T) {
	m := newMachine(nil, &models{}, Quick)
	st := m.newState()
	m.st, m.g = st, st.gs[0]
	id := objID(1)
	m.names.intern(objName{g: 0, n: 0})
	m.firstOwn = id + 1 // it keeps its name
	st.put(id, &object{gen: st.gen, val: int64(1), typ: types.Typ[types.Int]})
	first := m.digest(st)

	other := m.fork(st)
	m.store(pointer{obj: id}, int64(2))
	if got := other.object(id).val; got != int64(1) {
		t.Errorf("the fork sees %v", got)
	}
	if m.digest(other) != first || m.digest(st) == first {
		t.Error("digests don't follow contents")
	}
	m.st = other
	m.store(pointer{obj: id}, int64(2))
	if m.digest(other) != m.digest(st) {
		t.Error("equal states have different digests")
	}
	s := m.syncMutable(pointer{obj: id})
	s.count = 1
	if st.sync(pointer{obj: id}) != nil {
		t.Error("the fork's lock is seen by the other")
	}
}
