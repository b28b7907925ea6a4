package prelude

// Value models reflect.Value as far as it reads and writes what a pointer
// points to, and elements of slices.
//
//model:type reflect.Value
type Value struct {
	v  any // the value, or
	at any // a pointer to the variable that holds it
}

//model:func reflect.ValueOf
func valueOf(v any) *Value { return &Value{v: bare(v)} }

//model:func reflect.Indirect
func indirect(v *Value) *Value { return v.Elem() }

func (r *Value) Elem() *Value {
	if r.at != nil {
		return &Value{at: readAt(r.at)}
	}
	return &Value{at: r.v}
}

func (r *Value) get() any {
	if r.at != nil {
		return readAt(r.at)
	}
	return r.v
}

func (r *Value) Set(x *Value)       { writeAt(r.at, x.get()) }
func (r *Value) SetInt(x int64)     { writeAt(r.at, x) }
func (r *Value) SetUint(x uint64)   { writeAt(r.at, x) }
func (r *Value) SetBool(x bool)     { writeAt(r.at, x) }
func (r *Value) SetFloat(x float64) { writeAt(r.at, x) }
func (r *Value) SetString(x string) { writeAt(r.at, x) }
func (r *Value) SetBytes(x []byte)  { writeAt(r.at, x) }
func (r *Value) SetZero()           { writeAt(r.at, unknown()) }
func (r *Value) Int() any           { return r.get() }
func (r *Value) Uint() any          { return r.get() }
func (r *Value) Bool() any          { return r.get() }
func (r *Value) Float() any         { return r.get() }
func (r *Value) String() any        { return r.get() }
func (r *Value) Bytes() any         { return r.get() }

//model:func reflect.Copy
func reflectCopy(dst, src *Value) int {
	read(src.get())
	write(dst.get())
	return unknown()
}
