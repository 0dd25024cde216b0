// Package lib waits for what other packages give it.
package lib

import (
	"net/http"
	"sync"
)

// Join waits.
func Join(wg *sync.WaitGroup) { wg.Wait() }

// Take receives.
func Take(ch chan int) int { return <-ch }

// Fetch takes long.
func Fetch(url string) error {
	_, err := http.Get(url)
	return err
}

func okNothing() {}
