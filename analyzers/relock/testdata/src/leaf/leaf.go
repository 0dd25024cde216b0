// Package leaf has no concurrency, and so no summaries: importers do not know
// that Each calls its argument.
package leaf

// Each calls f for each number below n.
func Each(n int, f func(int)) {
	for i := range n {
		f(i)
	}
}
