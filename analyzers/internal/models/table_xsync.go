package models

// xsyncRows cover golang.org/x/sync as of v0.24.0. Its syncmap is an alias of
// sync.Map and needs no row.
var xsyncRows = []row{
	{"golang.org/x/sync/errgroup", "", "WithContext", on(GroupMake, 0)},
	{"golang.org/x/sync/errgroup", "Group", "Go", on(WGGo, MayBlock).fun(1)}, // waits below the limit
	{"golang.org/x/sync/errgroup", "Group", "TryGo", on(WGGo, 0).fun(1)},
	{"golang.org/x/sync/errgroup", "Group", "Wait", on(WGWait, MayBlock)},
	{"golang.org/x/sync/errgroup", "Group", "SetLimit", on(Limit, 0).delta(1)},

	{"golang.org/x/sync/semaphore", "", "NewWeighted", op(SemMake, 0).delta(0)},
	{"golang.org/x/sync/semaphore", "Weighted", "Acquire", on(SemAcquire, MayBlock).delta(2)},
	{"golang.org/x/sync/semaphore", "Weighted", "TryAcquire", on(SemTryAcquire, 0).delta(1)},
	{"golang.org/x/sync/semaphore", "Weighted", "Release", on(SemRelease, 0).delta(1)},

	// Do returns what another caller's function returned if one is running
	// for the same key: it may wait, and its own function may not run.
	{"golang.org/x/sync/singleflight", "Group", "Do", calls(2, MayBlock)},
	{"golang.org/x/sync/singleflight", "Group", "DoChan", on(Spawn, 0).fun(2)},
	{"golang.org/x/sync/singleflight", "Group", "Forget", fx(0)},
}
