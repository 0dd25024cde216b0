package models

import (
	"strings"
	"sync"
)

// OfPackage returns the effect of the functions and methods of a package of the
// standard library that have no entry in the table: a bound, what any of them
// may do. A package that is not public has no bound and is Unknown. known is
// false outside the standard library.
//
// The methods of interfaces that a package declares are not covered, they
// belong to whoever implements them: [Of] knows that.
func OfPackage(path string) (e Effect, known bool) {
	if !IsStd(path) {
		return Unknown, false
	}
	if e, ok := packageEffect()[path]; ok {
		return e, true
	}
	return Unknown, true
}

// packageEffects group the public packages of the standard library by what
// their functions do at most.
var packageEffects = []struct {
	effect Effect
	paths  string
}{
	// Values and types only: nothing reachable from an argument changes.
	{0, `cmp context embed errors fmt hash html iter math/bits math/cmplx path path/filepath
		structs sync sync/atomic unicode unicode/utf8 unicode/utf16 unique unsafe weak
		go/version image/color/palette time time/tzdata log os/signal testing testing/cryptotest
		runtime runtime/cgo runtime/debug runtime/race crypto/fips140 net/http/httptrace`},

	// Works on memory it is given.
	{memory, `bytes container/list container/ring encoding encoding/ascii85 encoding/asn1
		encoding/base32 encoding/base64 encoding/binary encoding/hex encoding/pem flag
		hash/adler32 hash/crc32 hash/crc64 hash/fnv hash/maphash image image/color
		maps math math/big math/rand math/rand/v2 mime net/netip net/url reflect regexp
		regexp/syntax runtime/metrics slices sort strconv strings text/template/parse
		go/ast go/build/constraint go/constant go/doc go/doc/comment go/scanner go/token
		go/types debug/dwarf debug/gosym index/suffixarray net/mail net/http/cookiejar
		crypto crypto/aes crypto/cipher crypto/des crypto/dsa crypto/ecdh crypto/ecdsa
		crypto/ed25519 crypto/elliptic crypto/hkdf crypto/hmac crypto/hpke crypto/md5
		crypto/mlkem crypto/mlkem/mlkemtest crypto/pbkdf2 crypto/rand crypto/rc4 crypto/rsa
		crypto/sha1 crypto/sha256 crypto/sha3 crypto/sha512 crypto/subtle crypto/x509
		crypto/x509/pkix`},

	// Reads or writes through what it was made over.
	{memory | CallsBack, `archive/tar archive/zip bufio container/heap encoding/csv encoding/gob
		encoding/json encoding/xml go/format go/printer html/template image/draw io
		mime/multipart mime/quotedprintable testing/iotest testing/quick text/scanner
		text/tabwriter text/template`},
	{memory | CallsBack | Slow, `compress/bzip2 compress/flate compress/gzip compress/lzw
		compress/zlib image/gif image/jpeg image/png`},
	{memory | CallsBack | disk, `debug/buildinfo debug/elf debug/macho debug/pe debug/plan9obj
		go/build go/importer go/parser io/fs testing/fstest`},

	// Output that nobody waits for.
	{IO, `log/slog`},

	// Waits.
	{disk, `io/ioutil os os/exec os/user runtime/coverage runtime/pprof syscall`},
	{slowIO, `database/sql log/syslog net net/http net/http/httptest net/smtp plugin`},
	{slowIO | CallsBack, `crypto/tls net/http/cgi net/http/fcgi net/http/httputil net/http/pprof
		net/rpc net/rpc/jsonrpc net/textproto`},

	{Unknown, `database/sql/driver expvar runtime/trace testing/slogtest testing/synctest`},
}

var packageEffect = sync.OnceValue(func() map[string]Effect {
	m := make(map[string]Effect)
	for _, group := range packageEffects {
		for path := range strings.FieldsSeq(group.paths) {
			m[path] = group.effect
		}
	}
	return m
})
