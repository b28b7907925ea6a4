package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// What a method returns may be a value that code outside goes on with, beside
// the one that made it: a subscription of a server, a lease of a keeper, an
// entry of a cache. Such clients call a method that makes one, then methods of
// it, or of it and its maker.

func (c *clientele) products(constructor *ssa.Function) {
	for _, maker := range c.methods {
		product := c.productOf(maker)
		if product == nil {
			continue
		}
		base := client{constructor: constructor, setup: maker, product: product}
		methods := c.methodsOf(product)
		for i, a := range methods {
			base.first, base.second = a, nil
			if f, g := c.prints.of(a), c.prints.of(maker); meets(f, g) || talksUnderLock(f, g) || c.comesBack(a, maker) {
				c.add(base)
			}
			for _, others := range [][]*ssa.Function{methods[i+1:], c.methods} {
				for _, b := range others {
					base.second = b
					if b != maker {
						c.pair(base)
					}
				}
			}
		}
	}
}

// productOf returns the struct type of the package, another than its
// receiver's, whose values a method returns; nil if there is none.
func (c *clientele) productOf(maker *ssa.Function) *types.Named {
	for v := range maker.Signature.Results().Variables() {
		named := originOf(v.Type())
		if named == nil || named == c.typ || named.Obj().Pkg() != c.pkg.Pkg {
			continue
		}
		if _, isStruct := named.Underlying().(*types.Struct); isStruct {
			return named
		}
	}
	return nil
}

// comesBack reports whether a method of the product calls what made it, and
// so may meet itself, under a lock or a Once.
func (c *clientele) comesBack(fn, maker *ssa.Function) bool {
	exclusive := false
	for _, d := range c.prints.of(fn).fields {
		exclusive = exclusive || d&(locks|once) != 0
	}
	return exclusive && c.prints.of(fn).calls[maker]
}
