package explore

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// allocInstr makes a variable. Only variables that the compiler moves to the
// heap can be shared between goroutines.
func (m *machine) allocInstr(fr *frame, a *ssa.Alloc) value {
	t := types.Unalias(a.Type()).Underlying().(*types.Pointer).Elem()
	return pointer{obj: m.alloc(m.zero(t), t, a.Heap)}
}

func (m *machine) fieldAddr(v *ssa.FieldAddr) value {
	p, ok := m.deref(m.get(v.X), v)
	if !ok {
		return nil
	}
	return pointer{p.obj, m.paths.child(p.path, int64(v.Field), nil)}
}

// deref returns what a pointer points to. Following nil panics.
func (m *machine) deref(v value, at ssa.Instruction) (pointer, bool) {
	p, ok := m.refer(v)
	if !ok {
		if _, isNil := v.(nilRef); isNil {
			m.throw(runtimeError("nil dereference"), "")
		} else {
			m.abandon("bad pointer")
		}
	}
	return p, ok
}

func (m *machine) indexAddr(v *ssa.IndexAddr) value {
	base, index := m.get(v.X), m.get(v.Index)
	switch x := base.(type) {
	case slice:
		if i, ok := index.(int64); ok {
			if i < 0 || i >= x.len {
				m.throw(runtimeError("index out of range"), "")
				return nil
			}
			return pointer{x.base.obj, m.paths.child(x.base.path, x.off+i, nil)}
		}
		if s, ok := index.(*symbol); ok {
			return pointer{x.base.obj, m.paths.child(x.base.path, -1, s)}
		}
	case pointer, *symbol:
		p, _ := m.refer(x)
		if i, ok := index.(int64); ok {
			if n := arrayLen(v.X.Type()); n >= 0 && i >= n {
				m.throw(runtimeError("index out of range"), "")
				return nil
			}
			return pointer{p.obj, m.paths.child(p.path, i, nil)}
		}
		if s, ok := index.(*symbol); ok {
			return pointer{p.obj, m.paths.child(p.path, -1, s)}
		}
	case nilRef:
		m.throw(runtimeError("index out of range"), "")
		return nil
	}
	return m.fresh(v.Type())
}

// arrayLen returns the length of the array that t points to, -1 otherwise.
func arrayLen(t types.Type) int64 {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		if a, ok := p.Elem().Underlying().(*types.Array); ok {
			return a.Len()
		}
	}
	return -1
}

func (m *machine) storeInstr(fr *frame, s *ssa.Store) {
	v := m.get(s.Val)
	p, ok := m.deref(m.get(s.Addr), s)
	if !ok {
		return
	}
	if !selfStore(s) {
		m.record(p, true, false, accessPlain, position(s))
	}
	m.store(p, v)
	fr.pc++
}

// selfStore recognises `*a = *a`, which a return with named results becomes;
// the compiler emits no write for it. Only other loads and stores of the
// same return, and conversions to the types of results, lie between.
func selfStore(s *ssa.Store) bool {
	load, ok := s.Val.(*ssa.UnOp)
	if !ok || load.Op != token.MUL || load.X != s.Addr || load.Block() != s.Block() {
		return false
	}
	between := false
	for _, instr := range s.Block().Instrs {
		switch instr := instr.(type) {
		case *ssa.UnOp:
			if instr.Op != token.MUL && between {
				return false
			}
			between = between || instr == load
		case *ssa.Store:
			if instr == s {
				return between
			}
		case *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.Convert, *ssa.DebugRef: // of another result
		default:
			if between {
				return false
			}
		}
	}
	return false
}

// loadInstr reads a variable.
func (m *machine) loadInstr(v *ssa.UnOp) value {
	p, ok := m.deref(m.get(v.X), v)
	if !ok {
		return nil
	}
	if program.Loads(v) && !onlySelfStored(v) && (program.LoadedLate(v) == nil || m.returns()) {
		m.record(p, false, false, accessPlain, position(v))
	}
	return m.load(p, v.Type())
}

// returns reports whether the goroutine is about to return from its function.
func (m *machine) returns() bool {
	_, ok := m.fr.code.blocks[m.fr.block].Instrs[m.fr.pc].(*ssa.Return)
	return ok
}

// returned is a result: a variable may be read only now.
func (m *machine) returned(v ssa.Value) value {
	if load, ok := v.(*ssa.UnOp); ok && program.LoadedLate(load) != nil {
		return m.loadInstr(load)
	}
	return m.get(v)
}

func onlySelfStored(v *ssa.UnOp) bool {
	refs := v.Referrers()
	if refs == nil || len(*refs) == 0 {
		return false
	}
	for _, ref := range *refs {
		if s, ok := ref.(*ssa.Store); !ok || !selfStore(s) {
			return false
		}
	}
	return true
}

// global returns the object of a package-level variable. Those of the
// analysed package start at zero and are set by its initialiser; those of
// others are unknown.
func (m *machine) global(v *ssa.Global) objID {
	t := v.Type().(*types.Pointer).Elem()
	sym := m.syms.intern(symGlobal, v.Type(), nil, v, 0)
	id := m.names.intern(objName{sym: sym})
	if m.st.object(id) != nil {
		return id
	}
	o := &object{gen: m.st.gen, typ: t, tracked: true, escaped: true}
	o.val = m.initialGlobal(v, t)
	m.st.put(id, o)
	return id
}

func (m *machine) initialGlobal(v *ssa.Global, t types.Type) value {
	if open := m.leftOpen(v, t); open != nil {
		return open
	}
	if v.Pkg == m.pkg || m.isModelPackage(v.Pkg) {
		return m.zero(t)
	}
	if init, ok := m.models.globals[v.Pkg.Pkg.Path()+"."+v.Name()]; ok {
		return m.funcResult(init)
	}
	return m.syms.intern(symDeref, t, []value{m.syms.intern(symGlobal, v.Type(), nil, v, 0)}, nil, 0)
}

func (m *machine) makeSlice(v *ssa.MakeSlice) value {
	n, okn := m.get(v.Len).(int64)
	c, okc := m.get(v.Cap).(int64)
	if !okn || !okc || c > 8*largeArray {
		s := m.fresh(v.Type()).(*symbol)
		m.assumeNonNil(s)
		return s
	}
	if n < 0 || c < n {
		m.throw(runtimeError("makeslice: len out of range"), "")
		return nil
	}
	t, ok := v.Type().Underlying().(*types.Slice)
	if !ok {
		return m.madeOfParameter()
	}
	return m.newSlice(t.Elem(), n, c)
}

// newSlice makes an array of zero values and a slice of it.
func (m *machine) newSlice(elem types.Type, n, c int64) slice {
	elems := make([]value, c)
	zero := m.zero(elem)
	for i := range elems {
		elems[i] = zero
	}
	obj := m.alloc(&aggregate{elems}, types.NewArray(elem, c), true)
	return slice{base: pointer{obj: obj}, len: n, cap: c}
}

func (m *machine) sliceToArray(v value, t types.Type) value {
	if s, ok := v.(slice); ok && s.off == 0 {
		return s.base
	}
	if _, ok := v.(nilRef); ok {
		return nilRef{}
	}
	return m.fresh(t)
}

// reslice is s[lo:hi:max] of a slice, string or array pointer.
func (m *machine) reslice(v *ssa.Slice) value {
	x := m.get(v.X)
	lo, oklo := m.bound(v.Low, 0)
	switch s := x.(type) {
	case string:
		hi, ok := m.bound(v.High, int64(len(s)))
		if !ok || !oklo {
			return m.fresh(v.Type())
		}
		if lo < 0 || hi > int64(len(s)) || lo > hi {
			m.throw(runtimeError("slice bounds out of range"), "")
			return nil
		}
		return s[lo:hi]
	case slice:
		return m.window(v, s, lo, oklo)
	case nilRef:
		if _, isPointer := v.X.Type().Underlying().(*types.Pointer); isPointer {
			m.throw(runtimeError("nil dereference"), "")
			return nil
		}
		return nilRef{}
	case pointer:
		if n := arrayLen(v.X.Type()); n >= 0 {
			return m.window(v, slice{base: s, len: n, cap: n}, lo, oklo)
		}
	case *symbol:
		if n := arrayLen(v.X.Type()); n >= 0 {
			return m.window(v, slice{base: pointer{obj: m.behind(s)}, len: n, cap: n}, lo, oklo)
		}
		if v.Low == nil && v.High == nil && v.Max == nil {
			return s
		}
		hi, okhi := m.bound(v.High, -1)
		if _, isSlice := v.X.Type().Underlying().(*types.Slice); isSlice && oklo && okhi && lo >= 0 && lo <= hi { // it has as many
			return slice{base: pointer{obj: m.behind(s)}, off: lo, len: hi - lo, cap: hi - lo}
		}
	}
	return m.fresh(v.Type())
}

func (m *machine) window(v *ssa.Slice, s slice, lo int64, known bool) value {
	hi, okhi := m.bound(v.High, s.len)
	if !okhi && known && lo <= s.len { // a count that unknown code returned: say, all of it
		hi, okhi = s.len, m.assumeEqual(m.get(v.High), s.len)
	}
	limit, okmax := m.bound(v.Max, s.cap)
	if !known || !okhi || !okmax {
		return m.fresh(v.Type())
	}
	if lo < 0 || lo > hi || hi > limit || limit > s.cap {
		m.throw(runtimeError("slice bounds out of range"), "")
		return nil
	}
	return slice{base: s.base, off: s.off + lo, len: hi - lo, cap: limit - lo}
}

// assumeEqual settles that an unknown integer has a value, if it can.
func (m *machine) assumeEqual(v value, n int64) bool {
	s, ok := v.(*symbol)
	if !ok {
		return false
	}
	c := m.syms.comparison(eql, s, n)
	truth, known := m.st.facts.decide(c)
	if !known {
		m.assume(c, true)
		return true
	}
	return truth
}

func (m *machine) bound(v ssa.Value, otherwise int64) (int64, bool) {
	if v == nil {
		return otherwise, true
	}
	n, ok := m.get(v).(int64)
	return n, ok
}

// index is x[i] of an array value, a string, or a type parameter.
func (m *machine) index(v *ssa.Index) value {
	x, i := m.get(v.X), m.get(v.Index)
	n, ok := i.(int64)
	switch x := x.(type) {
	case string:
		if ok {
			if n < 0 || n >= int64(len(x)) {
				m.throw(runtimeError("index out of range"), "")
				return nil
			}
			return int64(x[n])
		}
	case *aggregate, *symbol:
		if ok {
			return m.part(x, m.paths.child(nil, n, nil), v.Type())
		}
		if s, isSym := i.(*symbol); isSym {
			return m.part(x, m.paths.child(nil, -1, s), v.Type())
		}
	}
	return m.fresh(v.Type())
}
