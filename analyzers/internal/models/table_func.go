package models

// callbackRows are functions that run a function they are given before they
// return, of packages that have no table of their own.
var callbackRows = []row{
	{"strings", "", "ContainsFunc FieldsFunc IndexFunc LastIndexFunc TrimFunc TrimLeftFunc TrimRightFunc", calls(1, 0)},
	{"strings", "", "Map", calls(0, 0)},
	{"strings", "", "FieldsFuncSeq", fx(CallsBack)}, // in the iterator that it returns
	{"bytes", "", "ContainsFunc FieldsFunc IndexFunc LastIndexFunc TrimFunc TrimLeftFunc TrimRightFunc", calls(1, Reads)},
	{"bytes", "", "Map", calls(0, Reads)},
	{"bytes", "", "FieldsFuncSeq", fx(CallsBack)},
	{"regexp", "Regexp", "ReplaceAllFunc ReplaceAllStringFunc", calls(2, 0)},

	{"sort", "", "Slice SliceStable", calls(1, memory).obj(0)},
	{"sort", "", "SliceIsSorted", calls(1, Reads)},
	{"sort", "", "Search Find", calls(1, 0)},
	{"sort", "", "Sort Stable", writes(0, Reads|CallsBack)},
	{"sort", "", "IsSorted Reverse", fx(Reads | CallsBack)},

	{"iter", "", "Pull Pull2", op(IterPull, 0).fun(0)},

	{"container/ring", "Ring", "Do", calls(1, Reads)},
	{"flag", "", "Visit VisitAll", calls(0, 0)},
	{"flag", "FlagSet", "Visit VisitAll", calls(1, 0)},
	{"expvar", "", "Do", calls(0, 0)},
	{"expvar", "Map", "Do", calls(1, 0)},
	{"math/rand", "", "Shuffle", calls(1, 0)},
	{"math/rand", "Rand", "Shuffle", calls(2, CallsBack)},
	{"math/rand/v2", "", "Shuffle", calls(1, 0)},
	{"math/rand/v2", "Rand", "Shuffle", calls(2, CallsBack)},
	{"reflect", "Type Value", "FieldByNameFunc", calls(1, 0)},

	{"crypto/hkdf", "", "Extract Expand Key", calls(0, Reads)},
	{"crypto/hmac", "", "New", calls(0, Reads)},
	{"crypto/pbkdf2", "", "Key", calls(0, Reads|Slow)},
	{"crypto/fips140", "", "WithoutEnforcement", calls(0, 0)},
	{"crypto/subtle", "", "WithDataIndependentTiming", calls(0, 0)},

	{"go/ast", "", "Inspect FilterDecl FilterFile FilterPackage", calls(1, Reads)},
	{"go/ast", "", "PreorderStack", calls(2, Reads)},
	{"go/ast", "", "Fprint", calls(3, CallsBack)},
	{"go/ast", "", "NewPackage", calls(2, Reads)},
	{"go/build/constraint", "Expr AndExpr NotExpr OrExpr TagExpr", "Eval", calls(1, Reads)},
	{"go/doc", "Package", "Filter", calls(1, memory).obj(0)},
	{"go/parser", "", "ParseDir", calls(2, slowIO)},
	{"go/token", "FileSet", "Iterate Read Write", calls(1, 0)},
}

// sliceRows are packages slices and maps.
var sliceRows = []row{
	{"slices", "", "SortFunc SortStableFunc CompactFunc DeleteFunc", calls(1, memory).obj(0)},
	{"slices", "", "BinarySearchFunc CompareFunc EqualFunc", calls(2, Reads)},
	{"slices", "", "ContainsFunc IndexFunc IsSortedFunc MaxFunc MinFunc", calls(1, Reads)},
	{"slices", "", "Collect Sorted SortedFunc SortedStableFunc", calls(0, 0)}, // the last two call argument 1 too
	{"slices", "", "AppendSeq", calls(1, memory).obj(0)},
	{"slices", "", "Sort Reverse Compact Delete Insert Replace", writes(0, Reads)},
	{"slices", "", "BinarySearch Clone Compare Concat Contains Equal Index IsSorted Max Min Repeat", fx(Reads)},
	{"slices", "", "Grow", fx(Reads)},
	{"slices", "", "All Backward Chunk Clip Values", fx(0)}, // read when iterated

	{"maps", "", "DeleteFunc", calls(1, memory).obj(0)},
	{"maps", "", "EqualFunc", calls(2, Reads)},
	{"maps", "", "Collect", calls(0, 0)},
	{"maps", "", "Insert", calls(1, Writes).obj(0)},
	{"maps", "", "Copy", writes(0, Reads)},
	{"maps", "", "Clone Equal", fx(Reads)},
	{"maps", "", "All Keys Values", fx(0)}, // read when iterated
}
