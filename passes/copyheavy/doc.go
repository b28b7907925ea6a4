// Package copyheavy defines an Analyzer that reports large values that are
// copied to read a part of them.
//
// # Analyzer copyheavy
//
// copyheavy: report large values copied by range or by a receiver to read a part of them
//
// for _, v := range list copies each element, and a method on a value copies
// its receiver. Where the value is larger than two cache lines and only some
// of its fields are read, a pointer to the element, or a pointer receiver,
// reads them where they are.
//
// Wrong:
//
//	type record struct {
//		id   int
//		body [200]byte
//	}
//
//	func total(records []record) (sum int) {
//		for _, r := range records {
//			sum += r.id
//		}
//		return sum
//	}
//
// Right:
//
//	type record struct {
//		id   int
//		body [200]byte
//	}
//
//	func total(records []record) (sum int) {
//		for i := range records {
//			r := &records[i]
//			sum += r.id
//		}
//		return sum
//	}
//
// Silent on:
//
//   - values of up to 128 bytes (-copyheavy.size says otherwise)
//   - elements that are used as a whole, changed, kept by a pointer or by a
//     function literal: there the copy is meant
//   - loops that change what they range over, or range over results of calls
//   - value receivers of types that have no methods on the pointer, of methods
//     that change or hand on their receiver, and of exported methods
//   - generic types
//
// Relatives:
//
// gocritic's rangeValCopy and hugeParam, of golangci-lint, look at the size
// alone, and also report elements that are used as a whole.
//
// Since: v0.1.0
package copyheavy
