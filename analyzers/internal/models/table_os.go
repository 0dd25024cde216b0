package models

// osRows are package os and syscall. Without a row of its own a function of os
// touches the file system.
var osRows = []row{
	{"os", "", "Exit", op(Exit, 0)},
	{"syscall", "", "Exit", op(Exit, 0)},

	{"os", "", "ReadFile WriteFile ReadDir CopyFS RemoveAll", fx(slowIO)},
	{"os", "Root", "ReadFile WriteFile RemoveAll", fx(slowIO)},
	{"os", "", "Expand", calls(1, 0)},
	{"os", "", "ExpandEnv Getenv LookupEnv Setenv Unsetenv Clearenv Environ", fx(0)},
	{"os", "", "Getpid Getppid Getuid Geteuid Getgid Getegid Getgroups Getpagesize", fx(0)},
	{"os", "", "IsExist IsNotExist IsPermission IsTimeout IsPathSeparator SameFile NewSyscallError", fx(0)},
	{"os", "", "DirFS NewFile TempDir UserHomeDir UserCacheDir UserConfigDir", fx(0)},
	{"os", "LinkError SyscallError", "Error Unwrap", fx(0)},
	{"os", "SyscallError", "Timeout", fx(0)},

	{"os", "File", "Name Fd", fx(0)},
	{"os", "File", "Read ReadAt", writes(1, disk|Input)},
	{"os", "File", "Write WriteAt", fx(disk | Reads)},
	{"os", "File", "WriteString Close Seek Stat Truncate", fx(disk)},
	{"os", "File", "Sync", fx(slowIO)},
	{"os", "File", "ReadFrom WriteTo", fx(slowIO)},
	{"os", "File", "SetDeadline SetReadDeadline SetWriteDeadline", fx(disk)}, // wakes a blocked Read
	{"os", "Root", "Name FS", fx(0)},

	{"os", "", "StartProcess", fx(slowIO)},
	{"os", "Process", "Wait", fx(slowIO)},
	{"os", "Process", "Kill Signal Release", fx(disk)},
	{"os", "Process", "WithHandle", calls(1, disk)},
	{"os", "ProcessState", "ExitCode Exited Pid String Success Sys SysUsage SystemTime UserTime", fx(0)},

	{"syscall", "RawConn", "Control Read Write", calls(1, disk)},
	{"syscall", "", "Getpid Getppid Getuid Geteuid Getgid Getegid Getpagesize Getenv", fx(0)},
	{"syscall", "Errno", "Error Is Temporary Timeout", fx(0)},
}

// execRows are package os/exec.
var execRows = []row{
	{"os/exec", "Cmd", "Run Wait Output CombinedOutput", fx(slowIO)}, // also copies to Stdout and runs Cancel
	{"os/exec", "Cmd", "Start", fx(slowIO)},
	{"os/exec", "Cmd", "StdinPipe StdoutPipe StderrPipe", fx(disk)},
	{"os/exec", "Cmd", "String Environ", fx(0)},
	{"os/exec", "", "Command CommandContext LookPath", fx(disk)}, // search PATH
	{"os/exec", "Error ExitError", "Error", fx(0)},
	{"os/exec", "Error", "Unwrap", fx(0)},
}

// pathRows are path/filepath, whose other functions compute.
var pathRows = []row{
	{"path/filepath", "", "Walk WalkDir", calls(1, slowIO)},
	{"path/filepath", "", "Glob", fx(slowIO)},
	{"path/filepath", "", "EvalSymlinks Abs", fx(disk)},
}
