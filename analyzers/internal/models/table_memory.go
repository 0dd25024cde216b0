package models

// memoryRows are the methods of std's containers and buffers in memory: which
// of them change their receiver. None is safe for concurrent use with a writer.
var memoryRows = []row{
	{"strings", "Builder", "Grow Reset Write WriteByte WriteRune WriteString", writes(0, Reads)},
	{"strings", "Builder", "Cap Len String", fx(Reads)},
	{"strings", "Reader", "Read", writes(1, 0)},
	{"strings", "Reader", "ReadByte ReadRune Reset Seek UnreadByte UnreadRune", writes(0, 0)},
	{"strings", "Reader", "WriteTo", writes(0, CallsBack)},
	{"strings", "Reader", "ReadAt", writes(1, 0)},
	{"strings", "Reader", "Len Size", fx(Reads)},
	{"strings", "Replacer", "Replace", fx(0)}, // safe for concurrent use
	{"strings", "Replacer", "WriteString", fx(CallsBack)},
	{"strings", "", "Join NewReplacer", fx(Reads)},

	{"bytes", "Buffer", "Grow Reset Truncate Write WriteByte WriteRune WriteString", writes(0, Reads)},
	{"bytes", "Buffer", "Next ReadByte ReadBytes ReadRune ReadString UnreadByte UnreadRune", writes(0, 0)},
	{"bytes", "Buffer", "Read", writes(0, 0)},
	{"bytes", "Buffer", "ReadFrom WriteTo", writes(0, disk|CallsBack)},
	{"bytes", "Buffer", "Available AvailableBuffer Bytes Cap Len Peek String", fx(Reads)},
	{"bytes", "Reader", "Read", writes(1, 0)},
	{"bytes", "Reader", "ReadByte ReadRune Reset Seek UnreadByte UnreadRune", writes(0, 0)},
	{"bytes", "Reader", "WriteTo", writes(0, CallsBack)},
	{"bytes", "Reader", "ReadAt", writes(1, Reads)},
	{"bytes", "Reader", "Len Size", fx(Reads)},
	{"bytes", "", "Clone Compare Contains ContainsAny ContainsRune Count Cut CutPrefix CutSuffix", fx(Reads)},
	{"bytes", "", "Equal EqualFold Fields HasPrefix HasSuffix Index IndexAny IndexByte IndexRune", fx(Reads)},
	{"bytes", "", "Join LastIndex LastIndexAny LastIndexByte Repeat Replace ReplaceAll Runes", fx(Reads)},
	{"bytes", "", "Split SplitAfter SplitAfterN SplitN Title ToLower ToTitle ToUpper ToValidUTF8", fx(Reads)},
	{"bytes", "", "Trim TrimLeft TrimPrefix TrimRight TrimSpace TrimSuffix", fx(Reads)},
	{"bytes", "", "NewBuffer NewBufferString NewReader", fx(0)},

	{"container/list", "List", "Init InsertAfter InsertBefore MoveAfter MoveBefore MoveToBack", writes(0, Reads)},
	{"container/list", "List", "MoveToFront PushBack PushBackList PushFront PushFrontList Remove", writes(0, Reads)},
	{"container/list", "List", "Back Front Len", fx(Reads)},
	{"container/list", "Element", "Next Prev", fx(Reads)},
	{"container/ring", "Ring", "Link Unlink", writes(0, Reads)},
	{"container/ring", "Ring", "Len Move Next Prev", fx(Reads)},
	{"container/heap", "", "Fix Init Pop Push Remove", writes(0, Reads|CallsBack)},

	{"sort", "", "Ints Float64s Strings", writes(0, Reads)},
	{"sort", "IntSlice Float64Slice StringSlice", "Sort Swap", writes(0, Reads)},
	{"sort", "", "IntsAreSorted Float64sAreSorted StringsAreSorted SearchInts SearchFloat64s SearchStrings", fx(Reads)},

	{"math/big", "Int", "Add And AndNot Div Exp GCD Lsh Mod Mul Neg Not Or Quo Rem Rsh Sqrt Sub Xor", writes(0, Reads)},
	{"math/big", "Int", "Set SetBit SetBytes SetInt64 SetString SetUint64", writes(0, Reads)},
	{"math/big", "Int", "Bit BitLen Bytes Cmp CmpAbs Int64 IsInt64 IsUint64 Sign String Text Uint64", fx(Reads)},
	{"math/big", "Int", "Format", fx(CallsBack | Reads)},
	{"math/big", "Float", "Format", fx(CallsBack | Reads)},
	{"math/big", "Int Float Rat", "Scan", writes(0, CallsBack)},

	// The functions of math/rand lock; what a Rand does depends on its Source.
	{"math/rand", "Rand", "ExpFloat64 Float32 Float64 Int Int31 Int31n Int63 Int63n Intn", fx(CallsBack)},
	{"math/rand", "Rand", "NormFloat64 Perm Read Seed Uint32 Uint64", fx(CallsBack)},
	{"math/rand/v2", "Rand", "ExpFloat64 Float32 Float64 Int Int32 Int32N Int64 Int64N IntN", fx(CallsBack)},
	{"math/rand/v2", "Rand", "NormFloat64 Perm Uint Uint32 Uint32N Uint64 Uint64N UintN", fx(CallsBack)},
	{"math/rand", "", "New", fx(0)},
	{"math/rand/v2", "", "New", fx(0)},
	{"math/rand/v2", "PCG ChaCha8", "Seed Uint64", writes(0, 0)},

	{"time", "Time", "GobDecode UnmarshalBinary UnmarshalJSON UnmarshalText", writes(0, 0)},
	{"mime", "", "TypeByExtension ExtensionsByType", fx(disk)}, // read the system's tables once
	{"regexp", "", "MatchReader", fx(CallsBack)},
	{"regexp", "Regexp", "FindReaderIndex FindReaderSubmatchIndex MatchReader", fx(CallsBack)},
	{"regexp", "Regexp", "Longest UnmarshalText", writes(0, 0)},
}
