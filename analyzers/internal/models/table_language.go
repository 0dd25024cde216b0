package models

// cryptoRows are the functions below crypto that are slow or call back. The
// others compute on their arguments.
var cryptoRows = []row{
	{"crypto", "", "RegisterHash", fx(0)},
	{"crypto", "", "SignMessage", fx(CallsBack | Reads)},
	{"crypto/rand", "", "Read", writes(0, 0)},
	{"crypto/rand", "", "Text", fx(0)},
	{"crypto/rand", "", "Int", fx(CallsBack | Reads)},
	{"crypto/rand", "", "Prime", fx(CallsBack | Slow)},
	{"crypto/rsa", "", "GenerateKey GenerateMultiPrimeKey", fx(CallsBack | Slow)},
	{"crypto/rsa", "", "DecryptOAEP DecryptPKCS1v15 SignPKCS1v15 SignPSS", fx(CallsBack | Reads | Slow)},
	{"crypto/rsa", "", "DecryptPKCS1v15SessionKey", writes(3, CallsBack|Reads|Slow)},
	{"crypto/rsa", "PrivateKey", "Sign Decrypt", fx(CallsBack | Reads | Slow)},
	{"crypto/rsa", "", "EncryptOAEP EncryptOAEPWithOptions EncryptPKCS1v15", fx(CallsBack | Reads)},
	{"crypto/dsa", "", "GenerateKey GenerateParameters", writes(0, CallsBack|Slow)},
	{"crypto/dsa", "", "Sign", fx(CallsBack | Reads)},
	{"crypto/ecdh", "Curve", "GenerateKey", fx(CallsBack)},
	{"crypto/ecdsa", "", "GenerateKey Sign SignASN1", fx(CallsBack | Reads)},
	{"crypto/ecdsa", "PrivateKey", "Sign", fx(CallsBack | Reads)},
	{"crypto/ed25519", "", "GenerateKey", fx(CallsBack)},
	{"crypto/ed25519", "PrivateKey", "Sign", fx(Reads)},
	{"crypto/elliptic", "", "GenerateKey", fx(CallsBack)},
	{"crypto/x509", "", "CreateCertificate CreateCertificateRequest CreateRevocationList EncryptPEMBlock", fx(CallsBack | Reads)},
	{"crypto/x509", "Certificate", "CreateCRL", fx(CallsBack | Reads)},
	{"crypto/x509", "CertPool", "AddCertWithConstraint", fx(Unknown)}, // runs its argument in Verify
	{"crypto/x509", "", "SystemCertPool", fx(disk)},
	{"crypto/sha1", "", "Sum", fx(Reads)},
	{"crypto/sha256", "", "Sum224 Sum256", fx(Reads)},
	{"crypto/sha512", "", "Sum384 Sum512 Sum512_224 Sum512_256", fx(Reads)},
	{"crypto/md5", "", "Sum", fx(Reads)},
	{"crypto/subtle", "", "ConstantTimeCompare", fx(Reads)},
	{"crypto/cipher", "StreamReader", "Read", writes(1, CallsBack)},
	{"crypto/cipher", "StreamWriter", "Write Close", fx(CallsBack)},
}

// languageRows are reflect, where code is called and channels are used by
// value, flag, and what reads source or object files.
var languageRows = []row{
	{"reflect", "", "Select", fx(MayBlock | Unknown)},
	{"reflect", "Value", "Recv Send TryRecv TrySend Close", fx(MayBlock | Unknown)},
	{"reflect", "Value", "Call CallSlice", fx(Unknown)},
	{"reflect", "", "MakeFunc", fx(Unknown)}, // its result runs its argument
	{"reflect", "Value", "Seq Seq2", fx(Unknown)},
	{"reflect", "", "TypeOf ValueOf TypeFor Zero New Indirect PointerTo", fx(0)},
	{"reflect", "", "DeepEqual", fx(Reads)},
	{"reflect", "", "Copy", writes(0, Reads)},

	{"flag", "", "Func BoolFunc TextVar Var", fx(0)}, // run by Parse
	{"flag", "FlagSet", "Func BoolFunc TextVar Var SetOutput", writes(0, 0)},
	{"flag", "", "Parse Set", fx(CallsBack)}, // functions and methods given to Func and Var
	{"flag", "FlagSet", "Parse Set", writes(0, CallsBack)},
	{"flag", "", "PrintDefaults", fx(IO)},

	{"go/ast", "", "Walk", fx(CallsBack | Reads)},
	{"go/doc", "", "ToHTML ToText", fx(CallsBack)},
	{"go/format", "", "Node", fx(CallsBack | Reads)},
	{"go/printer", "", "Fprint", fx(CallsBack | Reads)},
	{"go/printer", "Config", "Fprint", fx(CallsBack | Reads)},
	{"go/scanner", "", "PrintError", fx(CallsBack)},
	{"go/scanner", "Scanner", "Init Scan", fx(CallsBack)}, // the error handler
	{"go/parser", "", "ParseFile ParseExprFrom", fx(disk)},
	{"go/parser", "", "ParseExpr", fx(0)},
	{"go/importer", "", "Default For ForCompiler", fx(0)},
	{"go/types", "", "ObjectString SelectionString TypeString WriteSignature WriteType", fx(CallsBack)},
	{"go/types", "Scope", "WriteTo", fx(CallsBack)},
	{"go/types", "Config", "Check", fx(Unknown | Slow)},
	{"go/types", "Checker", "Files", fx(Unknown | Slow)},
}
