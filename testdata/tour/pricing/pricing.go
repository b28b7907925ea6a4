// Package pricing computes what an order costs.
package pricing

import "github.com/goconclint/goconclint/testdata/tour/orders"

// A Discount takes a share off every line of a category.
type Discount struct {
	Category    uint16 `json:"category"`
	BasisPoints uint16 `json:"basis_points"`
}

// A Book holds the discounts in force. It doesn't change once made.
type Book struct {
	discounts []*Discount
}

// NewBook returns a book of the discounts.
func NewBook(discounts []Discount) *Book {
	book := new(Book)
	for _, discount := range discounts {
		book.discounts = append(book.discounts, &discount)
	}
	return book
}

// Total returns what the order costs.
func (b *Book) Total(order orders.Order) orders.Cents {
	var total orders.Cents
	for _, line := range order.Lines {
		total += b.price(line)
	}
	return total
}

// price runs for each line of each order.
//
//goconclint:hot
func (b *Book) price(line orders.Line) orders.Cents {
	full := line.Price * orders.Cents(line.Quantity)
	off := orders.Cents(0)
	for _, discount := range b.discounts {
		if discount.Category == line.Category {
			off += full * orders.Cents(discount.BasisPoints) / 10_000
		}
	}
	return full - min(off, full)
}
