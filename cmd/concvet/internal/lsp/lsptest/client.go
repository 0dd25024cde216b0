// Package lsptest is an editor for tests of the language server.
package lsptest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"testing"
	"time"
)

// A Message is what the server sends.
type Message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

// Published are the diagnostics of a file.
type Published struct {
	URI         string `json:"uri"`
	Version     *int   `json:"version"`
	Diagnostics []Diagnostic
}

// A Diagnostic is one of them.
type Diagnostic struct {
	Range           Range
	Severity        int
	Code, Source    string
	Message         string
	CodeDescription struct{ Href string }
	Related         []json.RawMessage `json:"relatedInformation"`
}

// A Range is a part of a text.
type Range struct{ Start, End Position }

// A Position is a place in a text.
type Position struct{ Line, Character int }

// A Client is an editor.
type Client struct {
	t        *testing.T
	w        io.Writer
	messages chan Message // closed at the end of the output
	nextID   int

	Progress []string // kinds of the progress that was shown
	last     map[string]*Published
	Seen     []Published // all that was published
}

// patience is how long the server may be silent.
const patience = time.Minute

// New returns an editor that talks to a server.
func New(t *testing.T, w io.Writer, r io.Reader) *Client {
	c := &Client{t: t, w: w, messages: make(chan Message, 1000), last: make(map[string]*Published)}
	go func() {
		defer close(c.messages)
		for in := bufio.NewReader(r); ; {
			header, err := textproto.NewReader(in).ReadMIMEHeader()
			if err != nil {
				return
			}
			n, err := strconv.Atoi(header.Get("Content-Length"))
			if err != nil {
				return
			}
			text := make([]byte, n)
			var m Message
			if _, err := io.ReadFull(in, text); err != nil || json.Unmarshal(text, &m) != nil {
				return
			}
			c.messages <- m
		}
	}()
	return c
}

// Raw sends a text as it is.
func (c *Client) Raw(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c.w, text); err != nil {
		c.t.Fatal(err)
	}
}

// Send sends a message.
func (c *Client) Send(m map[string]any) {
	c.t.Helper()
	m["jsonrpc"] = "2.0"
	text, err := json.Marshal(m)
	if err != nil {
		c.t.Fatal(err)
	}
	c.Raw(fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(text), text))
}

// Notify sends a notification.
func (c *Client) Notify(method string, params any) {
	c.t.Helper()
	c.Send(map[string]any{"method": method, "params": params})
}

// Request sends a request and reads its answer into result, if that is not nil.
// It returns the code of an error, or 0.
func (c *Client) Request(method string, params, result any) int {
	c.t.Helper()
	c.nextID++
	c.Send(map[string]any{"id": c.nextID, "method": method, "params": params})
	m := c.Wait(func(m *Message) bool { return string(m.ID) == strconv.Itoa(c.nextID) })
	if m.Error != nil {
		return m.Error.Code
	}
	if result != nil {
		if err := json.Unmarshal(m.Result, result); err != nil {
			c.t.Fatalf("%s: %s: %v", method, m.Result, err)
		}
	}
	return 0
}

// Wait returns the next message that is wanted, and takes notice of those
// before.
func (c *Client) Wait(want func(m *Message) bool) *Message {
	c.t.Helper()
	timeout := time.After(patience)
	for {
		select {
		case m, ok := <-c.messages:
			if !ok {
				c.t.Fatal("the server has left")
			}
			c.take(&m)
			if want(&m) {
				return &m
			}
		case <-timeout:
			c.t.Fatal("the server is silent")
		}
	}
}

// Closed waits for the end of the output.
func (c *Client) Closed() {
	for range c.messages {
	}
}

func (c *Client) take(m *Message) {
	c.t.Helper()
	switch m.Method {
	case "textDocument/publishDiagnostics":
		var p Published
		if err := json.Unmarshal(m.Params, &p); err != nil {
			c.t.Fatal(err)
		}
		c.last[p.URI] = &p
		c.Seen = append(c.Seen, p)
	case "$/progress":
		var p struct{ Value struct{ Kind string } }
		if err := json.Unmarshal(m.Params, &p); err != nil {
			c.t.Fatal(err)
		}
		c.Progress = append(c.Progress, p.Value.Kind)
	case "client/registerCapability", "window/workDoneProgress/create":
		c.Send(map[string]any{"id": m.ID, "result": nil})
	}
}

// Diagnostics waits until so many diagnostics of a file are published, in this
// version, and returns them.
func (c *Client) Diagnostics(uri string, version, n int) []Diagnostic {
	c.t.Helper()
	ok := func() bool {
		p := c.last[uri]
		return p != nil && len(p.Diagnostics) == n && (version == 0 && p.Version == nil || p.Version != nil && *p.Version == version)
	}
	if !ok() {
		c.Wait(func(*Message) bool { return ok() })
	}
	return c.last[uri].Diagnostics
}

// Initialize opens the conversation in folders.
func (c *Client) Initialize(folders ...string) {
	c.t.Helper()
	list := []any{}
	for _, uri := range folders {
		list = append(list, map[string]any{"uri": uri, "name": uri})
	}
	c.Request("initialize", map[string]any{
		"processId":        nil,
		"rootUri":          nil,
		"workspaceFolders": list,
		"capabilities": map[string]any{
			"window": map[string]any{"workDoneProgress": true},
			"workspace": map[string]any{
				"workspaceEdit":         map[string]any{"documentChanges": true},
				"didChangeWatchedFiles": map[string]any{"dynamicRegistration": true},
			},
		},
	}, nil)
	c.Notify("initialized", map[string]any{})
}

// Open opens a file.
func (c *Client) Open(uri, text string) {
	c.t.Helper()
	c.Notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": "go", "version": 1, "text": text}})
}

// Change gives it another text.
func (c *Client) Change(uri string, version int, text string) {
	c.t.Helper()
	c.Notify("textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": uri, "version": version},
		"contentChanges": []any{map[string]any{"text": text}},
	})
}

// Tell sends a notification about an open file: didSave or didClose.
func (c *Client) Tell(event, uri string) {
	c.t.Helper()
	c.Notify("textDocument/"+event, map[string]any{"textDocument": map[string]any{"uri": uri}})
}

// Leave ends the conversation.
func (c *Client) Leave() {
	c.t.Helper()
	c.Request("shutdown", nil, nil)
	c.Notify("exit", nil)
	c.Closed()
}
