package sharing

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A Place names a location as one function sees it: a root, which is a
// parameter, a variable, a package-level variable or any other value, and a
// path of fields and elements. Pointers and what they point to go by one
// name, as in the source, where s.mu is written for both.
//
// Equal places are equal pointers. Two different places may still be the
// same location (aliases): what is said about places is a must.
type Place struct {
	Root   ssa.Value  // where the path starts; nil if there is a Parent
	Parent *Place     // the place of which this is a field or element
	Field  *types.Var // the field of Parent; nil for an element
	Index  any        // of an element: constant.ExactString, *Place or ssa.Value; nil if unknown

	id int // tells it from others, in keys
}

// Base returns the root of the path.
func (p *Place) Base() ssa.Value {
	for p.Parent != nil {
		p = p.Parent
	}
	return p.Root
}

// Within reports whether the place is the other one or a part of it.
func (p *Place) Within(outer *Place) bool {
	for ; p != nil; p = p.Parent {
		if p == outer {
			return true
		}
	}
	return false
}

// Exact reports whether equal places are one location whenever they are
// looked at: no element on the path is chosen by a value that can change.
func (p *Place) Exact() bool {
	for ; p.Parent != nil; p = p.Parent {
		if _, isConst := p.Index.(string); p.Field == nil && !isConst {
			return false
		}
	}
	return true
}

// String returns the place as a reader would write it: "s.mu".
func (p *Place) String() string {
	switch {
	case p.Parent == nil:
		return rootName(p.Root)
	case p.Field == nil:
		return p.Parent.String() + "[…]"
	}
	return p.Parent.String() + "." + p.Field.Name()
}

func rootName(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Phi:
		if v.Comment != "" && !strings.ContainsAny(v.Comment, "&|.") {
			return v.Comment
		}
	case *ssa.Alloc:
		if v.Comment != "" && v.Comment != "complit" && v.Comment != "new" {
			return v.Comment
		}
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Global:
		return v.Name()
	case *ssa.Call:
		if callee := v.Call.StaticCallee(); callee != nil {
			return callee.Name() + "()"
		}
	}
	if named := model.ReceiverNamed(v.Type()); named != nil {
		return named.Obj().Name()
	}
	return "it"
}

// IsReference reports whether copies of a value of the type share what it
// refers to.
func IsReference(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Chan, *types.Interface, *types.Signature, *types.Slice:
		return true
	}
	return false
}
