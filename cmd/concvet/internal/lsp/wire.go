package lsp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A message is one of JSON-RPC: a request if it has a method and an ID, a
// notification if it has a method only, and else an answer.
type message struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *rpcError       `json:"error,omitempty"`
}

// An rpcError is why a request is not fulfilled.
type rpcError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *rpcError) Error() string { return e.Message }

// Codes of errors.
const (
	codeParse          = -32700
	codeInvalidRequest = -32600
	codeNoMethod       = -32601
	codeInvalidParams  = -32602
	codeInternal       = -32603
	codeNotInitialized = -32002
)

// Limits of what is read, so that nobody can make the server use memory without
// end.
const (
	maxHeaders = 16       // lines
	maxHeader  = 4 << 10  // bytes of a line
	maxMessage = 32 << 20 // bytes
)

// readMessage reads a message. An error of type rpcError is about this message
// alone: the next one can be read.
func readMessage(r *bufio.Reader) (*message, error) {
	n, err := readHeader(r)
	if err != nil {
		return nil, err
	}
	if n > maxMessage {
		if _, err := io.CopyN(io.Discard, r, n); err != nil {
			return nil, err
		}
		return nil, &rpcError{codeInvalidRequest, fmt.Sprintf("a message of %d bytes is too long", n)}
	}
	var text bytes.Buffer // which grows with what really comes
	if _, err := io.CopyN(&text, r, n); err != nil {
		return nil, unexpected(err)
	}
	m := new(message)
	if err := json.Unmarshal(text.Bytes(), m); err != nil {
		if json.Valid(text.Bytes()) {
			return nil, &rpcError{codeInvalidRequest, "not a request: " + err.Error()}
		}
		return nil, &rpcError{codeParse, err.Error()}
	}
	if m.Version != "2.0" || !validID(m.ID) || m.Method == "" && m.ID == nil {
		return nil, &rpcError{codeInvalidRequest, "not a message of JSON-RPC 2.0"}
	}
	return m, nil
}

// validID reports whether an ID is missing, a number or a string.
func validID(id json.RawMessage) bool {
	return len(id) == 0 || id[0] == '"' || id[0] == '-' || '0' <= id[0] && id[0] <= '9'
}

// readHeader reads the lines before a message and returns its length. At the
// end of the input the error is io.EOF.
func readHeader(r *bufio.Reader) (length int64, err error) {
	length = -1
	for n := range maxHeaders {
		line, err := r.ReadSlice('\n')
		switch {
		case err == io.EOF && n == 0 && len(line) == 0:
			return 0, io.EOF
		case err != nil:
			return 0, unexpected(err)
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			if length < 0 {
				return 0, errors.New("a message has no Content-Length")
			}
			return length, nil
		}
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			return 0, fmt.Errorf("not a header: %q", text)
		}
		if strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			length, err = strconv.ParseInt(strings.TrimSpace(value), 10, 64)
			if err != nil || length < 0 {
				return 0, fmt.Errorf("not a length: %q", value)
			}
		}
	}
	return 0, errors.New("a message has too many headers")
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// writeMessage writes a message.
func writeMessage(w io.Writer, m *message) error {
	m.Version = "2.0"
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "Content-Length: %d\r\n\r\n%s", len(text), text)
	return err
}
