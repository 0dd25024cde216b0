package models

import "fmt"

// kindNames are the names that debug output and tests show.
var kindNames = [numKinds]string{
	None:          "None",
	Acquire:       "Acquire",
	AcquireShared: "AcquireShared",
	TryAcquire:    "TryAcquire",
	TryAcquireShr: "TryAcquireShr",
	Release:       "Release",
	ReleaseShared: "ReleaseShared",
	SharedLocker:  "SharedLocker",
	Send:          "Send",
	Recv:          "Recv",
	Close:         "Close",
	Select:        "Select",
	Spawn:         "Spawn",
	SpawnJoin:     "SpawnJoin",
	WGAdd:         "WGAdd",
	WGDone:        "WGDone",
	WGWait:        "WGWait",
	WGGo:          "WGGo",
	GroupMake:     "GroupMake",
	Limit:         "Limit",
	CondWait:      "CondWait",
	CondSignal:    "CondSignal",
	CondBroadcast: "CondBroadcast",
	CondNew:       "CondNew",
	OnceDo:        "OnceDo",
	OnceWrap:      "OnceWrap",
	AtomicLoad:    "AtomicLoad",
	AtomicStore:   "AtomicStore",
	AtomicRMW:     "AtomicRMW",
	AtomicCAS:     "AtomicCAS",
	CtxMake:       "CtxMake",
	CtxDone:       "CtxDone",
	CtxErr:        "CtxErr",
	Cancel:        "Cancel",
	TimerMake:     "TimerMake",
	TimerStop:     "TimerStop",
	TimerReset:    "TimerReset",
	AfterFunc:     "AfterFunc",
	PoolGet:       "PoolGet",
	PoolPut:       "PoolPut",
	MapLoad:       "MapLoad",
	MapStore:      "MapStore",
	MapRMW:        "MapRMW",
	SemMake:       "SemMake",
	SemAcquire:    "SemAcquire",
	SemTryAcquire: "SemTryAcquire",
	SemRelease:    "SemRelease",
	SigNotify:     "SigNotify",
	Sleep:         "Sleep",
	Call:          "Call",
	IterPull:      "IterPull",
	Handler:       "Handler",
	Cleanup:       "Cleanup",
	Parallel:      "Parallel",
	RunTest:       "RunTest",
	Bubble:        "Bubble",
	Settle:        "Settle",
	FailNow:       "FailNow",
	Exit:          "Exit",
	Panic:         "Panic",
}

// String returns the kind's name as it is written in this package.
func (k Kind) String() string {
	if k < numKinds {
		return kindNames[k]
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// effectNames are in the order of the bits.
var effectNames = [...]string{"MayBlock", "IO", "Slow", "Reads", "Writes", "CallsBack", "Unknown", "Input"}

// String returns the names of e's bits joined by "|", or "0".
func (e Effect) String() string {
	s := ""
	for i, name := range effectNames {
		if e&(1<<i) == 0 {
			continue
		}
		if s != "" {
			s += "|"
		}
		s += name
	}
	if s == "" {
		return "0"
	}
	return s
}
