package models

// netRows are package net. Without a row of its own a function of net waits for
// the network. The unexported conn declares what TCPConn and the like share.
var netRows = []row{
	{"net", "", "Dial DialIP DialTCP DialTimeout DialUDP DialUnix", fx(slowIO)},
	{"net", "Dialer", "Dial DialContext DialIP DialTCP DialUDP DialUnix", fx(slowIO)},
	{"net", "", "LookupAddr LookupCNAME LookupHost LookupIP LookupMX LookupNS LookupPort LookupSRV LookupTXT", fx(slowIO)},
	{"net", "Resolver", "LookupAddr LookupCNAME LookupHost LookupIP LookupIPAddr LookupMX", fx(slowIO)},
	{"net", "Resolver", "LookupNS LookupNetIP LookupPort LookupSRV LookupTXT", fx(slowIO)},
	{"net", "", "ResolveIPAddr ResolveTCPAddr ResolveUDPAddr", fx(slowIO)},
	{"net", "", "Listen ListenIP ListenMulticastUDP ListenPacket ListenTCP ListenUDP ListenUnix ListenUnixgram", fx(disk)},
	{"net", "ListenConfig", "Listen ListenPacket", fx(disk)},
	{"net", "", "Interfaces InterfaceAddrs InterfaceByIndex InterfaceByName FileConn FileListener FilePacketConn", fx(disk)},

	{"net", "Conn conn", "Read", writes(1, intake)},
	{"net", "Conn conn", "Write", fx(slowIO | Reads)},
	{"net", "PacketConn IPConn UDPConn UnixConn", "ReadFrom", writes(1, intake)},
	{"net", "PacketConn IPConn UDPConn UnixConn", "WriteTo", fx(slowIO | Reads)},
	{"net", "TCPConn", "ReadFrom WriteTo", fx(slowIO)},
	{"net", "Conn PacketConn conn", "Close", fx(disk)},
	{"net", "Conn PacketConn conn", "LocalAddr", fx(0)},
	{"net", "Conn conn", "RemoteAddr", fx(0)},
	{"net", "Conn PacketConn conn", "SetDeadline SetReadDeadline SetWriteDeadline", fx(disk)},
	{"net", "Listener TCPListener UnixListener", "Accept", fx(intake)},
	{"net", "TCPListener", "AcceptTCP", fx(intake)},
	{"net", "UnixListener", "AcceptUnix", fx(intake)},
	{"net", "Listener TCPListener UnixListener", "Close", fx(disk)},
	{"net", "Listener TCPListener UnixListener", "Addr", fx(0)},

	{"net", "", "JoinHostPort SplitHostPort ParseIP ParseCIDR ParseMAC IPv4 IPv4Mask CIDRMask", fx(0)},
	{"net", "", "TCPAddrFromAddrPort UDPAddrFromAddrPort ResolveUnixAddr Pipe", fx(0)},
	{"net", "IP", "AppendText DefaultMask Equal MarshalText Mask String To16 To4", fx(Reads)},
	{"net", "IP", "IsGlobalUnicast IsInterfaceLocalMulticast IsLinkLocalMulticast IsLinkLocalUnicast", fx(Reads)},
	{"net", "IP", "IsLoopback IsMulticast IsPrivate IsUnspecified", fx(Reads)},
	{"net", "IP", "UnmarshalText", writes(0, 0)},
	{"net", "IPMask", "Size String", fx(Reads)},
	{"net", "IPNet", "Contains Network String", fx(Reads)},
	{"net", "HardwareAddr", "String", fx(Reads)},
	{"net", "Flags", "String", fx(0)},
	{"net", "Addr IPAddr TCPAddr UDPAddr UnixAddr", "Network String", fx(0)},
	{"net", "TCPAddr UDPAddr", "AddrPort", fx(0)},
	{"net", "Error AddrError DNSError DNSConfigError OpError ParseError", "Temporary Timeout", fx(0)},
	{"net", "AddrError DNSError DNSConfigError OpError ParseError", "Error", fx(0)},
	{"net", "DNSError DNSConfigError OpError", "Unwrap", fx(0)},
}

// tlsRows are package crypto/tls, whose connections behave as package net's.
var tlsRows = []row{
	{"crypto/tls", "", "Dial DialWithDialer", fx(slowIO)},
	{"crypto/tls", "Dialer", "Dial DialContext", fx(slowIO)},
	{"crypto/tls", "Conn", "Handshake HandshakeContext", fx(slowIO)},
	{"crypto/tls", "Conn", "Read", writes(1, slowIO)},
	{"crypto/tls", "Conn", "Write", fx(slowIO | Reads)},
	{"crypto/tls", "Conn", "LocalAddr NetConn RemoteAddr", fx(0)},
	{"crypto/tls", "", "Client Server NewListener NewLRUClientSessionCache", fx(0)},
	{"crypto/tls", "", "X509KeyPair", fx(Reads)},
	{"crypto/tls", "", "CipherSuiteName CipherSuites InsecureCipherSuites VersionName", fx(0)},
	{"crypto/tls", "", "Listen LoadX509KeyPair", fx(disk)},
	{"crypto/tls", "Config", "Clone", fx(Reads)},
}

// rpcRows are the packages that speak a protocol over a connection.
var rpcRows = []row{
	{"net/rpc", "", "Dial DialHTTP DialHTTPPath Accept ServeCodec ServeConn ServeRequest", fx(slowIO)},
	{"net/rpc", "Client", "Call", writes(3, slowIO)},
	{"net/rpc", "Client", "Close", fx(disk)},
	{"net/rpc", "Client", "Go", fx(disk | Unknown)}, // sends on its argument done later
	{"net/rpc", "Server", "Accept ServeCodec ServeConn ServeHTTP ServeRequest", fx(slowIO)},
	{"net/rpc", "", "NewServer", fx(0)},
	// The methods of what is registered run concurrently, but no func value
	// names them.
	{"net/rpc", "", "Register RegisterName HandleHTTP", fx(Unknown)},
	{"net/rpc", "Server", "Register RegisterName HandleHTTP", fx(Unknown)},

	{"net/smtp", "", "SendMail Dial", fx(slowIO)},
	{"net/smtp", "", "CRAMMD5Auth PlainAuth", fx(0)},
	{"net/smtp", "Client", "Auth Close Data Hello Mail Noop Quit Rcpt Reset StartTLS Verify", fx(slowIO)},

	{"net/textproto", "MIMEHeader", "Add Del Set", writes(0, 0)},
	{"net/textproto", "MIMEHeader", "Get Values", fx(Reads)},
	{"net/textproto", "", "CanonicalMIMEHeaderKey TrimString NewReader NewWriter NewConn", fx(0)},
	{"net/textproto", "", "TrimBytes", fx(Reads)},
	{"net/textproto", "", "Dial", fx(slowIO)},

	{"net/mail", "", "ReadMessage", fx(disk | CallsBack)},
	{"net/url", "Values", "Add Del Set", writes(0, 0)},
	{"net/url", "Values", "Encode Get Has", fx(Reads)},
}

// sqlRows are package database/sql.
var sqlRows = []row{
	{"database/sql", "DB", "Exec Ping Prepare Query QueryRow Begin", fx(slowIO)},
	{"database/sql", "DB", "ExecContext PingContext PrepareContext QueryContext QueryRowContext BeginTx Conn", fx(slowIO)},
	{"database/sql", "DB", "Close", fx(slowIO)},
	{"database/sql", "DB", "SetConnMaxIdleTime SetConnMaxLifetime SetMaxIdleConns SetMaxOpenConns", fx(disk)},
	{"database/sql", "DB", "Stats", fx(0)},
	{"database/sql", "DB", "Driver", fx(0)},
	{"database/sql", "Conn", "BeginTx Close", fx(slowIO)},
	{"database/sql", "Conn", "ExecContext PingContext PrepareContext QueryContext QueryRowContext", fx(slowIO)},
	{"database/sql", "Conn", "Raw", calls(1, slowIO)},
	{"database/sql", "Tx", "Exec Prepare Query QueryRow Commit Rollback", fx(slowIO)},
	{"database/sql", "Tx", "ExecContext PrepareContext QueryContext QueryRowContext", fx(slowIO)},
	{"database/sql", "Tx", "Stmt StmtContext", fx(slowIO)},
	{"database/sql", "Stmt", "Exec Query QueryRow Close", fx(slowIO)},
	{"database/sql", "Stmt", "ExecContext QueryContext QueryRowContext", fx(slowIO)},
	{"database/sql", "Rows", "Next NextResultSet Close", fx(slowIO)},
	{"database/sql", "Rows", "Scan", writes(1, 0)},
	{"database/sql", "Rows", "Columns ColumnTypes Err", fx(0)},
	{"database/sql", "Row", "Scan", writes(1, slowIO)},
	{"database/sql", "Row", "Err", fx(0)},
	{"database/sql", "", "Open OpenDB", fx(CallsBack)}, // connects later
	{"database/sql", "", "Register Drivers Named", fx(0)},
}
