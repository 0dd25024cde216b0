package models

// fmtRows are package fmt. Standard output orders nothing.
var fmtRows = []row{
	{"fmt", "", "Print Printf Println", fx(IO | Reads)},
	{"fmt", "", "Fprint Fprintf Fprintln", writes(0, IO|Reads|CallsBack)},
	{"fmt", "", "Sprint Sprintf Sprintln Append Appendf Appendln Errorf", fx(Reads)},
	{"fmt", "", "FormatString", fx(0)},
	{"fmt", "", "Scan Scanln", writes(0, slowIO)},
	{"fmt", "", "Scanf", writes(1, slowIO)},
	{"fmt", "", "Sscan Sscanln", writes(1, 0)},
	{"fmt", "", "Sscanf", writes(2, 0)},
	{"fmt", "", "Fscan Fscanln", writes(1, CallsBack)},
	{"fmt", "", "Fscanf", writes(2, CallsBack)},
}

// logRows are the packages that log. Their mutex orders nothing that a program
// relies on, and their writers and handlers are taken to be output.
var logRows = []row{
	{"log", "", "Fatal Fatalf Fatalln", op(Exit, IO|Reads)},
	{"log", "", "Panic Panicf Panicln", op(Panic, IO|Reads)},
	{"log", "", "Print Printf Println Output", fx(IO | Reads)},
	{"log", "", "New Default Flags Prefix SetFlags SetPrefix SetOutput Writer", fx(0)},
	{"log", "Logger", "Fatal Fatalf Fatalln", op(Exit, IO|Reads)},
	{"log", "Logger", "Panic Panicf Panicln", op(Panic, IO|Reads)},
	{"log", "Logger", "Print Printf Println Output", fx(IO | Reads)},
	{"log", "Logger", "Flags Prefix SetFlags SetPrefix SetOutput Writer", fx(0)},

	{"log/slog", "", "Debug Info Warn Error Log LogAttrs", fx(IO | Reads)},
	{"log/slog", "", "DebugContext InfoContext WarnContext ErrorContext", fx(IO | Reads)},
	{"log/slog", "Logger", "Debug Info Warn Error Log LogAttrs", fx(IO | Reads)},
	{"log/slog", "Logger", "DebugContext InfoContext WarnContext ErrorContext", fx(IO | Reads)},
	{"log/slog", "", "New NewJSONHandler NewTextHandler NewMultiHandler NewLogLogger", fx(0)},
	{"log/slog", "TextHandler JSONHandler MultiHandler", "Handle", fx(IO | CallsBack)},
	{"log/slog", "Record", "Attrs", calls(1, 0)},
	{"log/slog", "Value", "Resolve", fx(CallsBack)},
}

// ioRows are package io and io/fs. Interface methods have no rows: who
// implements them is unknown.
var ioRows = []row{
	{"io", "", "Copy CopyBuffer CopyN", writes(0, slowIO|CallsBack)},
	{"io", "", "ReadAll", fx(slowIO | CallsBack)},
	{"io", "", "ReadFull ReadAtLeast", writes(1, disk|CallsBack)},
	{"io", "", "WriteString", writes(0, CallsBack)},
	{"io", "", "LimitReader MultiReader MultiWriter TeeReader NopCloser NewSectionReader NewOffsetWriter Pipe", fx(0)},
	{"io", "SectionReader", "Size Outer Seek", fx(0)},
	{"io", "OffsetWriter", "Seek", fx(0)},
	{"io", "PipeReader", "Read", writes(1, MayBlock)},
	{"io", "PipeWriter", "Write", fx(MayBlock | Reads)},
	{"io", "PipeReader PipeWriter", "Close CloseWithError", fx(MayBlock)}, // releases the other end

	{"io/fs", "", "WalkDir", calls(2, slowIO|CallsBack)},
	{"io/fs", "", "ReadFile ReadDir Glob", fx(slowIO | CallsBack)},
	{"io/fs", "", "FormatDirEntry FormatFileInfo FileInfoToDirEntry ValidPath", fx(0)},
	{"io/fs", "FileMode", "IsDir IsRegular Perm String Type", fx(0)},
	{"io/fs", "PathError", "Error Timeout Unwrap", fx(0)},
	{"io/fs", "FileInfo", "IsDir ModTime Mode Name Size Sys", fx(0)},
	{"io/fs", "DirEntry", "IsDir Name Type", fx(0)},

	{"io/ioutil", "", "ReadFile WriteFile ReadDir", fx(slowIO)},
	{"io/ioutil", "", "ReadAll", fx(slowIO | CallsBack)},
	{"io/ioutil", "", "NopCloser", fx(0)},
}

// bufioRows are package bufio. What a method does besides the buffer depends on
// what it was made over.
var bufioRows = []row{
	{"bufio", "", "NewReader NewReaderSize NewWriter NewWriterSize NewScanner NewReadWriter", fx(0)},
	{"bufio", "", "ScanBytes ScanLines ScanRunes ScanWords", fx(Reads)},
	{"bufio", "Reader", "Read", writes(1, disk|CallsBack)},
	{"bufio", "Reader", "Discard Peek ReadByte ReadBytes ReadLine ReadRune ReadSlice ReadString WriteTo", writes(0, disk|CallsBack)},
	{"bufio", "Reader", "Reset UnreadByte UnreadRune", writes(0, 0)},
	{"bufio", "Reader", "Buffered Size", fx(Reads)},
	{"bufio", "Writer", "Write WriteByte WriteRune WriteString ReadFrom", writes(0, IO|CallsBack)},
	{"bufio", "Writer", "Flush", fx(IO | CallsBack)}, // writes only if something is left
	{"bufio", "Writer", "Reset", writes(0, 0)},
	{"bufio", "Writer", "Available AvailableBuffer Buffered Size", fx(Reads)},
	{"bufio", "Scanner", "Scan", writes(0, disk|CallsBack)},
	{"bufio", "Scanner", "Buffer Split", writes(0, 0)},
	{"bufio", "Scanner", "Bytes Text Err", fx(Reads)},
}
