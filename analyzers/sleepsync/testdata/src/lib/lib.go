// Package lib fills lists.
package lib

// Fill appends to a list.
func Fill(list *[]int) { *list = append(*list, 1) }
