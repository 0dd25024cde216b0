package models

import "go/types"

// httpRows are the parts of net/http that serve and send.
var httpRows = []row{
	{"net/http", "", "Handle HandleFunc", op(Handler, 0).fun(1)},
	{"net/http", "ServeMux", "Handle HandleFunc", op(Handler, 0).fun(2)},
	{"net/http", "", "ListenAndServe Serve ServeTLS", op(Handler, slowIO).fun(1)},
	{"net/http", "", "ListenAndServeTLS", op(Handler, slowIO).fun(3)},
	// The handler of a Server is a field: found by value flow, not here.
	{"net/http", "Server", "ListenAndServe ListenAndServeTLS Serve ServeTLS Shutdown", fx(slowIO)},
	{"net/http", "Server", "Close", fx(disk)},
	{"net/http", "Server", "SetKeepAlivesEnabled", fx(disk)},
	{"net/http", "Server", "RegisterOnShutdown", op(AfterFunc, 0).fun(1)},
	{"net/http", "HandlerFunc", "ServeHTTP", calls(0, 0)},
	{"net/http", "ServeMux", "ServeHTTP", fx(Unknown)},
	{"net/http", "ServeMux", "Handler", fx(0)},
	{"net/http", "", "NewServeMux NotFoundHandler RedirectHandler FileServer FileServerFS FS", fx(0)},
	// What these return runs the handler they are given, who knows where.
	{"net/http", "", "AllowQuerySemicolons MaxBytesHandler StripPrefix TimeoutHandler", fx(Unknown)},
	{"net/http", "CrossOriginProtection", "Handler SetDenyHandler", fx(Unknown)},

	{"net/http", "", "Get Head Post PostForm", fx(slowIO)},
	{"net/http", "Client", "Do Get Head Post PostForm", fx(slowIO)},
	{"net/http", "Transport ClientConn RoundTripper", "RoundTrip", fx(slowIO)},
	{"net/http", "Transport", "NewClientConn", fx(slowIO)},
	{"net/http", "Transport Client", "CloseIdleConnections", fx(disk)},
	{"net/http", "Transport", "Clone RegisterProtocol", fx(0)},
	{"net/http", "ClientConn", "SetStateHook", fx(Unknown)},

	{"net/http", "ResponseWriter", "Write", fx(disk | Reads)},
	{"net/http", "ResponseWriter", "WriteHeader", fx(disk)},
	{"net/http", "ResponseWriter", "Header", fx(0)},
	{"net/http", "Flusher", "Flush", fx(disk)},
	{"net/http", "", "Error NotFound Redirect", fx(disk | CallsBack)},
	{"net/http", "", "ServeContent ServeFile ServeFileFS", fx(slowIO)},
	{"net/http", "", "ReadRequest ReadResponse", fx(slowIO)},
	{"net/http", "Request", "Write WriteProxy", fx(disk | CallsBack)},
	{"net/http", "Response", "Write", fx(disk | CallsBack)},
	{"net/http", "Request", "ParseForm ParseMultipartForm FormValue PostFormValue FormFile", writes(0, slowIO)},
	{"net/http", "Request", "MultipartReader", writes(0, 0)},
	{"net/http", "", "MaxBytesReader", fx(0)},
}

// Serves reports whether fn starts a server, which runs handlers in goroutines.
func Serves(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "net/http" {
		return false
	}
	switch fn.Name() {
	case "ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS":
		return true
	}
	return false
}

// httpMemoryRows are the parts of net/http that only work on requests and
// headers in memory. The package's default is the network.
var httpMemoryRows = []row{
	{"net/http", "", "NewRequest NewRequestWithContext NewResponseController NewFileTransport NewFileTransportFS", fx(0)},
	{"net/http", "", "CanonicalHeaderKey ParseCookie ParseHTTPVersion ParseSetCookie ParseTime StatusText", fx(0)},
	{"net/http", "", "DetectContentType", fx(Reads)},
	{"net/http", "", "ProxyFromEnvironment ProxyURL NewCrossOriginProtection", fx(0)},
	{"net/http", "", "SetCookie", fx(CallsBack)}, // ResponseWriter.Header
	{"net/http", "Header", "Add Set Del", writes(0, 0)},
	{"net/http", "Header", "Get Values Clone", fx(Reads)},
	{"net/http", "Header", "Write WriteSubset", fx(disk | Reads | CallsBack)},
	{"net/http", "Cookie", "String Valid", fx(0)},
	{"net/http", "Protocols", "HTTP1 HTTP2 UnencryptedHTTP2 String", fx(0)},
	{"net/http", "Protocols", "SetHTTP1 SetHTTP2 SetUnencryptedHTTP2", writes(0, 0)},
	{"net/http", "ConnState", "String", fx(0)},
	{"net/http", "MaxBytesError ProtocolError", "Error", fx(0)},

	{"net/http", "Request", "AddCookie SetBasicAuth SetPathValue", writes(0, 0)},
	{"net/http", "Request", "BasicAuth Clone Cookie Cookies CookiesNamed PathValue Referer UserAgent WithContext", fx(Reads)},
	{"net/http", "Request", "Context ProtoAtLeast", fx(0)}, // a context that the server or client cancels: nothing known
	{"net/http", "Response", "Cookies Location", fx(Reads)},
	{"net/http", "Response", "ProtoAtLeast", fx(0)},
	{"net/http/httptrace", "", "WithClientTrace ContextClientTrace", fx(0)},
	{"net/http/cookiejar", "", "New", fx(0)},
	{"net/http/cookiejar", "Jar", "Cookies SetCookies", fx(0)},
	{"net/http/httputil", "", "NewSingleHostReverseProxy NewChunkedReader NewChunkedWriter", fx(0)},
	{"net/http/httputil", "", "DumpRequest DumpRequestOut DumpResponse", writes(0, slowIO)}, // read and replace the body
	{"net/http/httputil", "ReverseProxy", "ServeHTTP", fx(slowIO)},
}

// httptestRows are net/http/httptest. A handler given to it runs in another
// goroutine, but only for requests that the test sends and waits for, so it is
// unknown rather than a [Handler].
var httptestRows = []row{
	{"net/http/httptest", "", "NewServer NewTLSServer", fx(IO | Unknown)},
	{"net/http/httptest", "", "NewUnstartedServer", fx(Unknown)},
	{"net/http/httptest", "Server", "Start StartTLS", fx(IO)},
	{"net/http/httptest", "Server", "Close CloseClientConnections", fx(slowIO)}, // waits for requests
	{"net/http/httptest", "Server", "Client Certificate", fx(0)},
	{"net/http/httptest", "", "NewRecorder NewRequest NewRequestWithContext", fx(0)},
	{"net/http/httptest", "ResponseRecorder", "Header Result", fx(Reads)},
	{"net/http/httptest", "ResponseRecorder", "Write WriteHeader WriteString Flush", writes(0, Reads)},
}
