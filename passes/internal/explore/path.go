package explore

// A path leads from the root of an object to a part of it: fields and
// elements by number, or an element whose index is unknown. Paths are
// interned, so equal paths are equal pointers; nil is the root.
type path struct {
	parent *path
	index  int64
	sym    *symbol // the unknown index, or nil
	depth  int32
	hash   uint64
	varies bool // some index is an unknown that a goroutine made
}

type pathKey struct {
	parent *path
	index  int64
	sym    *symbol
}

type paths map[pathKey]*path

// child returns the path to a field or element below p.
func (ps paths) child(p *path, index int64, sym *symbol) *path {
	key := pathKey{p, index, sym}
	if c, ok := ps[key]; ok {
		return c
	}
	c := &path{parent: p, index: index, sym: sym, depth: 1}
	h := uint64(0x9e3779b97f4a7c15)
	if p != nil {
		c.depth = p.depth + 1
		c.varies = p.varies
		h = p.hash
	}
	c.hash = mix(h, uint64(index)+1)
	if sym != nil {
		c.hash = mix(c.hash, sym.hash)
		c.varies = c.varies || sym.varies
	}
	ps[key] = c
	return c
}

func (p *path) len() int32 {
	if p == nil {
		return 0
	}
	return p.depth
}

func (p *path) digest() uint64 {
	if p == nil {
		return 0
	}
	return p.hash
}

// overlaps reports whether one path is a prefix of the other, so that an
// access to one touches the other.
func overlaps(a, b *path) bool {
	for a.len() > b.len() {
		a = a.parent
	}
	for b.len() > a.len() {
		b = b.parent
	}
	return a == b
}

// mix is the step of all hashes here (splitmix64's finaliser).
func mix(h, x uint64) uint64 {
	h ^= x + 0x9e3779b97f4a7c15 + h<<6 + h>>2
	h ^= h >> 30
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 27
	h *= 0x94d049bb133111eb
	return h ^ h>>31
}
