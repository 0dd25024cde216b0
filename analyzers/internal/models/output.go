package models

import (
	"go/types"
	"sync"
)

// Outputs reports whether a call of fn that returns has changed something
// outside of the program: a line was printed, a file written, a request sent.
// A goroutine that has yet to do so has work to lose.
func Outputs(fn *types.Func) bool {
	if m, ok := Lookup(fn); ok && m.Kind == None && m.Effect&IO != 0 && m.Effect&MayBlock == 0 {
		return true // output that nobody waits for
	}
	return among(output(), fn)
}

// Lasts reports whether a call of fn returns only when somebody else is done:
// a server, the next request, input, the end of a process. What comes after
// such a call is not work under way.
func Lasts(fn *types.Func) bool { return among(lasting(), fn) }

// Remote reports whether a call of fn asks another machine for something. It
// serves many at once: nothing is gained by asking one at a time.
func Remote(fn *types.Func) bool { return among(remote(), fn) }

func among(set map[key]struct{}, fn *types.Func) bool {
	k, ok := keyOf(fn)
	if !ok {
		return false
	}
	_, ok = set[k]
	return ok
}

// outputRows are calls that may block and change something outside. They have
// no model of their own here: the tables say the rest.
var outputRows = []row{
	{"os", "", "WriteFile Remove RemoveAll Rename Mkdir MkdirAll Link Symlink Truncate CopyFS", Model{}},
	{"os", "File", "Write WriteAt WriteString Truncate Sync", Model{}},
	{"io/ioutil", "", "WriteFile", Model{}},
	{"net", "Conn conn", "Write", Model{}},
	{"net", "PacketConn IPConn UDPConn UnixConn", "WriteTo", Model{}},
	{"net/http", "", "Get Head Post PostForm", Model{}},
	{"net/http", "Client", "Do Get Head Post PostForm", Model{}},
	{"net/smtp", "", "SendMail", Model{}},
	{"net/rpc", "Client", "Call", Model{}},
	{"database/sql", "DB Tx Stmt", "Exec ExecContext", Model{}},
	{"database/sql", "Conn", "ExecContext", Model{}},
}

var lastingRows = []row{
	{"net/http", "", "ListenAndServe ListenAndServeTLS Serve ServeTLS", Model{}},
	{"net/http", "Server", "ListenAndServe ListenAndServeTLS Serve ServeTLS Shutdown", Model{}},
	{"net/http/httputil", "ReverseProxy", "ServeHTTP", Model{}},
	{"net", "Listener TCPListener UnixListener", "Accept", Model{}},
	{"net", "TCPListener", "AcceptTCP", Model{}},
	{"net", "UnixListener", "AcceptUnix", Model{}},
	{"net", "Conn conn", "Read", Model{}},
	{"net", "PacketConn IPConn UDPConn UnixConn", "ReadFrom", Model{}},
	{"net", "TCPConn", "ReadFrom WriteTo", Model{}},
	{"crypto/tls", "Conn", "Read", Model{}},
	{"net/rpc", "", "Accept ServeCodec ServeConn", Model{}},
	{"net/rpc", "Server", "Accept ServeCodec ServeConn", Model{}},
	{"fmt", "", "Scan Scanf Scanln", Model{}},
	{"io", "PipeReader", "Read", Model{}},
	{"io", "PipeWriter", "Write", Model{}},
	{"os", "File", "Read ReadFrom WriteTo", Model{}},
	{"os", "Process", "Wait", Model{}},
	{"os/exec", "Cmd", "Run Wait Output CombinedOutput", Model{}},
	{"os/signal", "", "Stop", Model{}},
}

var remoteRows = []row{
	{"net/http", "", "Get Head Post PostForm", Model{}},
	{"net/http", "Client", "Do Get Head Post PostForm", Model{}},
	{"net/http", "Transport RoundTripper", "RoundTrip", Model{}},
	{"net", "", "Dial DialTCP DialTimeout LookupAddr LookupCNAME LookupHost LookupIP LookupMX LookupNS LookupSRV LookupTXT", Model{}},
	{"net", "Dialer", "Dial DialContext", Model{}},
	{"net", "Resolver", "LookupAddr LookupCNAME LookupHost LookupIP LookupIPAddr LookupMX LookupNS LookupNetIP LookupSRV LookupTXT", Model{}},
	{"crypto/tls", "", "Dial DialWithDialer", Model{}},
	{"database/sql", "DB", "Exec ExecContext Ping PingContext Query QueryContext QueryRow QueryRowContext", Model{}},
	{"net/smtp", "", "SendMail", Model{}},
}

var (
	remote  = sync.OnceValue(func() map[key]struct{} { return setOf(remoteRows) })
	output  = sync.OnceValue(func() map[key]struct{} { return setOf(outputRows) })
	lasting = sync.OnceValue(func() map[key]struct{} { return setOf(lastingRows) })
)

func setOf(rows []row) map[key]struct{} {
	set := make(map[key]struct{})
	for _, r := range rows {
		r.each(func(k key) { set[k] = struct{}{} })
	}
	return set
}
