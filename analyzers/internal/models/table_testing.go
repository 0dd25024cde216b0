package models

// testingRows are package testing and its subpackages. The methods that T, B
// and F share are declared by the unexported common.
var testingRows = []row{
	{"testing", "common TB", "Fatal Fatalf FailNow Skip Skipf SkipNow", on(FailNow, IO)},
	{"testing", "common TB", "Cleanup", on(Cleanup, 0).fun(1)},
	{"testing", "common TB", "Error Errorf Fail Log Logf Attr", fx(IO)},
	{"testing", "common TB", "Context Failed Helper Name Output Skipped", fx(0)},
	{"testing", "common TB", "TempDir Chdir ArtifactDir", fx(disk)},
	{"testing", "common TB", "Setenv", fx(0)},

	{"testing", "T", "Parallel", on(Parallel, MayBlock)},
	{"testing", "T", "Run", on(RunTest, MayBlock).fun(2)},
	{"testing", "T", "Deadline Setenv", fx(0)},
	{"testing", "T", "Chdir", fx(disk)},

	{"testing", "B", "Run", on(RunTest, MayBlock).fun(2)},
	{"testing", "B", "RunParallel", on(SpawnJoin, MayBlock).fun(1)},
	{"testing", "B", "Loop Elapsed ReportAllocs ReportMetric ResetTimer", fx(0)},
	{"testing", "B", "SetBytes SetParallelism StartTimer StopTimer", fx(0)},
	{"testing", "PB", "Next", fx(0)},

	{"testing", "F", "Fuzz", on(RunTest, MayBlock).fun(1)},
	{"testing", "F", "Add Helper Skipped", fx(0)},
	{"testing", "F", "Fail", fx(IO)},

	{"testing", "", "Benchmark", op(RunTest, MayBlock).fun(0)},
	{"testing", "", "AllocsPerRun", calls(1, 0)},
	{"testing", "M", "Run", fx(slowIO | Unknown)},
	{"testing", "", "Main MainStart RunTests RunBenchmarks RunExamples", fx(slowIO | Unknown)},

	{"testing/synctest", "", "Test", on(Bubble, MayBlock).fun(1)},
	{"testing/synctest", "", "Wait", op(Settle, MayBlock)},

	{"testing/quick", "", "Check", calls(0, CallsBack)},
	{"testing/quick", "", "CheckEqual", calls(0, CallsBack)}, // calls argument 1 too
	{"testing/quick", "", "Value", fx(CallsBack)},

	{"testing/iotest", "", "TestReader", fx(CallsBack)},
	{"testing/fstest", "", "TestFS", fx(disk | CallsBack)},
	{"testing/slogtest", "", "TestHandler Run", fx(Unknown)},
}
