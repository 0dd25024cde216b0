package models

// syncRows cover every exported function and method of sync: a test compares.
var syncRows = []row{
	{"sync", "Mutex RWMutex Locker", "Lock", on(Acquire, MayBlock)},
	{"sync", "Mutex RWMutex Locker", "Unlock", on(Release, 0)},
	{"sync", "Mutex RWMutex", "TryLock", on(TryAcquire, 0)},
	{"sync", "RWMutex", "RLock", on(AcquireShared, MayBlock)},
	{"sync", "RWMutex", "RUnlock", on(ReleaseShared, 0)},
	{"sync", "RWMutex", "TryRLock", on(TryAcquireShr, 0)},
	{"sync", "RWMutex", "RLocker", on(SharedLocker, 0)},

	{"sync", "WaitGroup", "Add", on(WGAdd, 0).delta(1)},
	{"sync", "WaitGroup", "Done", on(WGDone, 0)},
	{"sync", "WaitGroup", "Wait", on(WGWait, MayBlock)},
	{"sync", "WaitGroup", "Go", on(WGGo, 0).fun(1)},

	{"sync", "", "NewCond", op(CondNew, 0).locker(0)},
	{"sync", "Cond", "Wait", on(CondWait, MayBlock)},
	{"sync", "Cond", "Signal", on(CondSignal, 0)},
	{"sync", "Cond", "Broadcast", on(CondBroadcast, 0)},

	{"sync", "Once", "Do", on(OnceDo, MayBlock).fun(1)},
	{"sync", "", "OnceFunc OnceValue OnceValues", op(OnceWrap, 0).fun(0)},

	{"sync", "Pool", "Get", on(PoolGet, 0)},
	{"sync", "Pool", "Put", on(PoolPut, 0)},

	{"sync", "Map", "Load", on(MapLoad, 0)},
	{"sync", "Map", "Store Delete Clear", on(MapStore, 0)},
	{"sync", "Map", "Swap LoadOrStore LoadAndDelete CompareAndSwap CompareAndDelete", on(MapRMW, 0)},
	{"sync", "Map", "Range", on(Call, 0).fun(1)},
}

// atomicRows cover every exported function and method of sync/atomic: a test
// compares.
var atomicRows = []row{
	{"sync/atomic", "", "LoadInt32 LoadInt64 LoadUint32 LoadUint64 LoadUintptr LoadPointer", on(AtomicLoad, 0)},
	{"sync/atomic", "", "StoreInt32 StoreInt64 StoreUint32 StoreUint64 StoreUintptr StorePointer", on(AtomicStore, 0)},
	{"sync/atomic", "", "SwapInt32 SwapInt64 SwapUint32 SwapUint64 SwapUintptr SwapPointer", on(AtomicRMW, 0)},
	{"sync/atomic", "", "AddInt32 AddInt64 AddUint32 AddUint64 AddUintptr", on(AtomicRMW, 0)},
	{"sync/atomic", "", "AndInt32 AndInt64 AndUint32 AndUint64 AndUintptr", on(AtomicRMW, 0)},
	{"sync/atomic", "", "OrInt32 OrInt64 OrUint32 OrUint64 OrUintptr", on(AtomicRMW, 0)},
	{"sync/atomic", "", "CompareAndSwapInt32 CompareAndSwapInt64 CompareAndSwapUint32", on(AtomicCAS, 0)},
	{"sync/atomic", "", "CompareAndSwapUint64 CompareAndSwapUintptr CompareAndSwapPointer", on(AtomicCAS, 0)},

	{"sync/atomic", "Bool Int32 Int64 Uint32 Uint64 Uintptr Pointer Value", "Load", on(AtomicLoad, 0)},
	{"sync/atomic", "Bool Int32 Int64 Uint32 Uint64 Uintptr Pointer Value", "Store", on(AtomicStore, 0)},
	{"sync/atomic", "Bool Int32 Int64 Uint32 Uint64 Uintptr Pointer Value", "Swap", on(AtomicRMW, 0)},
	{"sync/atomic", "Bool Int32 Int64 Uint32 Uint64 Uintptr Pointer Value", "CompareAndSwap", on(AtomicCAS, 0)},
	{"sync/atomic", "Int32 Int64 Uint32 Uint64 Uintptr", "Add And Or", on(AtomicRMW, 0)},
}
