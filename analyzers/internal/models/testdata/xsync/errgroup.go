// Package errgroup repeats the signatures of golang.org/x/sync/errgroup v0.24.0.
package errgroup

import "context"

type Group struct{}

func WithContext(ctx context.Context) (*Group, context.Context)
func (g *Group) Go(f func() error)
func (g *Group) TryGo(f func() error) bool
func (g *Group) Wait() error
func (g *Group) SetLimit(n int)
