// Package differential generates small concurrent programs.
package differential
