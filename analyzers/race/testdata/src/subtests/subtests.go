// Package subtests has tests whose parallel subtests share variables.
package subtests

func use(...any) {}
