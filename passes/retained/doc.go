// Package retained defines an Analyzer that reports memory kept alive by what
// nobody needs any more.
//
// # Analyzer retained
//
// retained: report memory kept alive by a small part of it, or by elements cut off
//
// A slice keeps all of its array alive. Two shapes hold much more than they
// seem to:
//
//   - a few bytes of a whole file, kept in a field, a map, a package variable
//     or a list (fix: a copy of them);
//   - a stack or list in a field or package variable that is made shorter
//     while its last elements stay in the array and keep what they point to
//     alive (fix: slices.Delete, or an assignment that clears the element).
//
// Wrong:
//
//	type entry struct{ magic []byte }
//
//	func load(name string) (*entry, error) {
//		data, err := os.ReadFile(name)
//		if err != nil || len(data) < 8 {
//			return nil, err
//		}
//		return &entry{magic: data[:8]}, nil
//	}
//
// Right:
//
//	type entry struct{ magic []byte }
//
//	func load(name string) (*entry, error) {
//		data, err := os.ReadFile(name)
//		if err != nil || len(data) < 8 {
//			return nil, err
//		}
//		return &entry{magic: bytes.Clone(data[:8])}, nil
//	}
//
// Silent on:
//
//   - parts whose bounds aren't constants, or larger than 256 bytes
//   - local variables, which live no longer than their function
//   - elements without pointers, and elements that are cleared first
//   - s[1:] of a queue: its array goes when it is full
//
// Relatives:
//
// None in vet, staticcheck or golangci-lint.
//
// Since: v0.1.0
package retained
