// Package a has the basic cases of deadlock.
package a

// ok…: code that is right, as close to a mistake as it gets.
func ok() {}
