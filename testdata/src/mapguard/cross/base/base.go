// Package base starts goroutines for others.
package base

func Go(do func()) { go do() }
