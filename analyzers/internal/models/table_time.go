package models

// contextRows are package context. What a context's methods do is taken to be
// what std's do: they do not wait.
var contextRows = []row{
	{"context", "", "Background TODO", op(CtxMake, 0)},
	{"context", "", "WithoutCancel", op(CtxMake, 0)}, // the parent does not cancel it
	{"context", "", "WithValue WithCancel WithCancelCause", on(CtxMake, 0)},
	{"context", "", "WithTimeout WithTimeoutCause WithDeadline WithDeadlineCause", on(CtxMake, 0).delta(1)},
	{"context", "", "AfterFunc", on(AfterFunc, 0).fun(1)},
	{"context", "", "Cause", on(CtxErr, 0)},
	{"context", "Context", "Done", on(CtxDone, 0)},
	{"context", "Context", "Err", on(CtxErr, 0)},
	{"context", "Context", "Deadline Value", fx(0)},
}

// timeRows are the functions of package time that start, stop or await time.
// The others compute.
var timeRows = []row{
	{"time", "", "Sleep", op(Sleep, MayBlock|Slow).delta(0)},
	{"time", "", "After Tick NewTimer NewTicker", op(TimerMake, 0).delta(0)},
	{"time", "", "AfterFunc", op(AfterFunc, 0).fun(1).delta(0)},
	{"time", "Timer Ticker", "Stop", on(TimerStop, 0)},
	{"time", "Timer Ticker", "Reset", on(TimerReset, 0).delta(1)},
	{"time", "", "LoadLocation", fx(disk)},
}

// runtimeRows are what package runtime and its subpackages do to goroutines.
var runtimeRows = []row{
	{"runtime", "", "Goexit", op(FailNow, 0)},
	{"runtime", "", "Gosched", fx(MayBlock)}, // gives others their turn, promises nothing
	{"runtime", "", "GC", fx(MayBlock | Slow)},
	{"runtime", "", "GOMAXPROCS ReadMemStats GoroutineProfile", fx(MayBlock)}, // stop the world
	{"runtime", "", "SetFinalizer AddCleanup", op(AfterFunc, 0).fun(1)},
	{"runtime", "", "Breakpoint", fx(Unknown)},
	{"runtime", "", "ReadTrace", fx(MayBlock)},
	{"runtime", "", "SetCgoTraceback", fx(Unknown)},

	{"runtime/debug", "", "FreeOSMemory", fx(MayBlock | Slow)},
	{"runtime/debug", "", "SetGCPercent SetMemoryLimit ReadGCStats", fx(MayBlock)},
	{"runtime/debug", "", "WriteHeapDump", fx(slowIO)},
	{"runtime/debug", "", "PrintStack", fx(IO)},

	{"runtime/pprof", "", "Do", op(Call, 0).fun(2)},
	{"runtime/pprof", "", "ForLabels", op(Call, 0).fun(1)},
	{"runtime/pprof", "", "Labels Label WithLabels SetGoroutineLabels Lookup NewProfile Profiles", fx(0)},
	{"runtime/pprof", "Profile", "Add Remove Count Name", fx(0)},
	{"runtime/pprof", "", "StartCPUProfile WriteHeapProfile", fx(disk | CallsBack)},
	{"runtime/pprof", "Profile", "WriteTo", fx(disk | CallsBack)},

	{"runtime/trace", "", "WithRegion", op(Call, 0).fun(2)},
	{"runtime/trace", "", "Log Logf StartRegion NewTask IsEnabled", fx(0)},
	{"runtime/trace", "Region Task", "End", fx(0)},
}

// signalRows are package os/signal.
var signalRows = []row{
	{"os/signal", "", "Notify", on(SigNotify, 0)},
	{"os/signal", "", "NotifyContext", on(CtxMake, 0).delta(1)},
	{"os/signal", "", "Stop", fx(MayBlock)}, // waits for deliveries under way
	{"os/signal", "", "Ignore Ignored Reset", fx(0)},
}
