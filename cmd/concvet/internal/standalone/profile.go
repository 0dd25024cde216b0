package standalone

import (
	"os"
	"runtime"
	"runtime/pprof"
)

// profile starts to write the profiles whose file names are not empty. The
// caller calls stop at the end.
func profile(cpu, mem string) (stop func(), err error) {
	var cpuFile, memFile *os.File
	if cpu != "" {
		if cpuFile, err = os.Create(cpu); err != nil {
			return nil, err
		}
		if err = pprof.StartCPUProfile(cpuFile); err != nil {
			return nil, err
		}
	}
	if mem != "" {
		if memFile, err = os.Create(mem); err != nil {
			return nil, err
		}
	}
	return func() {
		if cpuFile != nil {
			pprof.StopCPUProfile()
			cpuFile.Close()
		}
		if memFile != nil {
			runtime.GC()
			_ = pprof.WriteHeapProfile(memFile)
			memFile.Close()
		}
	}, nil
}
