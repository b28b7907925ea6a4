package explore

import (
	"math"
	"reflect"
	"unsafe"

	"golang.org/x/tools/go/ssa"
)

// digest hashes a value by content, heap objects and unknowns by name.
func digest(v value) uint64 {
	switch v := v.(type) {
	case nil:
		return 1
	case bool:
		if v {
			return 3
		}
		return 2
	case int64:
		return mix(5, uint64(v))
	case float64:
		return mix(6, math.Float64bits(v))
	case complex128:
		return mix(mix(7, math.Float64bits(real(v))), math.Float64bits(imag(v)))
	case string:
		return digestString(v)
	case nilRef:
		return 9
	case pointer:
		return mix(mix(10, uint64(v.obj)), v.path.digest())
	case slice:
		h := mix(mix(11, uint64(v.base.obj)), v.base.path.digest())
		return mix(mix(mix(h, uint64(v.off)), uint64(v.len)), uint64(v.cap))
	case *closure:
		return digestAll(mix(12, address(v.fn)), v.bind)
	case iface:
		return mix(mix(13, uint64(reflect.ValueOf(v.typ).Pointer())), digest(v.val))
	case *aggregate:
		return digestAll(14, v.elems)
	case *symbol:
		return v.hash
	case *mapValue:
		h := uint64(15)
		for _, e := range v.entries {
			h = mix(mix(h, digest(e.key)), digest(e.val))
		}
		return h
	case iterator:
		return mix(mix(16, uint64(v.next)), uint64(len(v.entries)))
	case frameHandle:
		return mix(17, uint64(v.serial))
	}
	return 18
}

func digestAll(h uint64, vs []value) uint64 {
	for _, v := range vs {
		h = mix(h, digest(v))
	}
	return h
}

func digestString(s string) uint64 {
	h := uint64(8)
	for i := range len(s) {
		h = h*1099511628211 ^ uint64(s[i])
	}
	return mix(h, uint64(len(s)))
}

// address identifies code within one process; it never reaches a result.
func address(fn *ssa.Function) uint64 { return uint64(uintptr(unsafe.Pointer(fn))) }
