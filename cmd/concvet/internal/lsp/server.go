package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/concvet/concvet/cmd/concvet/internal/cli"
	"github.com/concvet/concvet/cmd/concvet/internal/render"
)

// A server is the state of the conversation with an editor. Only the goroutine
// of run uses it.
type server struct {
	ctx      context.Context // ends with the server
	line     *cli.Line
	opts     options
	out      io.Writer
	writeErr error
	shown    map[string]bool        // rules whose findings are asked for
	rules    map[string]render.Rule // by name

	events   chan func()    // what other goroutines want to be done
	analyses sync.WaitGroup // those under way

	phase   phase
	client  initializeParams // what the editor can do
	folders []string         // of the workspace; if there are none, everything is
	docs    map[string]*document
	spaces  map[string]*space  // by root
	results map[string]*result // by directory
	sent    map[string]bool    // files with diagnostics in the editor
	calls   map[string]func()  // our requests, by ID: what to do when they are answered
	tokens  map[string]*space  // of progress that is shown
	nextID  int
	told    map[string]bool // problems that were logged
}

// A phase of the conversation.
type phase int

const (
	starting phase = iota
	running
	shutDown
)

// A document is a file that is open in the editor.
type document struct {
	uri     string // as the editor writes it
	text    string
	version int
	gone    bool // its file was deleted, and nothing has changed since then
}

func newServer(ctx context.Context, line *cli.Line, out io.Writer, opts options) *server {
	s := &server{
		ctx:     ctx,
		line:    line,
		opts:    opts,
		out:     out,
		shown:   line.Shown(),
		rules:   make(map[string]render.Rule),
		events:  make(chan func()),
		docs:    make(map[string]*document),
		spaces:  make(map[string]*space),
		results: make(map[string]*result),
		sent:    make(map[string]bool),
		calls:   make(map[string]func()),
		tokens:  make(map[string]*space),
		told:    make(map[string]bool),
	}
	for _, a := range line.Suite.Facades {
		s.rules[a.Name] = render.NewRule(a, line.Suite.Advice(a.Name))
	}
	return s
}

// An arrival is what was read: a message, or why there is none.
type arrival struct {
	m   *message
	err error
}

// run serves until the editor leaves.
func (s *server) run(in io.Reader) error {
	arrivals := make(chan arrival)
	go func() {
		r := bufio.NewReaderSize(in, maxHeader)
		for {
			m, err := readMessage(r)
			select {
			case arrivals <- arrival{m, err}:
			case <-s.ctx.Done():
				return
			}
			if bad := (*rpcError)(nil); err != nil && !errors.As(err, &bad) {
				return
			}
		}
	}()
	for s.writeErr == nil {
		select {
		case do := <-s.events:
			do()
		case a := <-arrivals:
			bad := (*rpcError)(nil)
			switch {
			case errors.As(a.err, &bad):
				s.send(&message{ID: json.RawMessage("null"), Error: bad})
			case a.err == io.EOF:
				if s.phase == shutDown {
					return nil
				}
				return errNoShutdown
			case a.err != nil:
				s.send(&message{ID: json.RawMessage("null"), Error: &rpcError{codeParse, a.err.Error()}})
				return a.err
			case a.m.Method == "exit":
				if s.phase == shutDown {
					return nil
				}
				return errNoShutdown
			default:
				s.take(a.m)
			}
		}
	}
	return s.writeErr
}

// post has something done by the goroutine of run, unless it has ended.
func (s *server) post(do func()) {
	select {
	case s.events <- do:
	case <-s.ctx.Done():
	}
}

func (s *server) send(m *message) {
	if s.writeErr == nil {
		s.writeErr = writeMessage(s.out, m)
	}
}

// notify sends a notification.
func (s *server) notify(method string, params any) {
	s.send(&message{Method: method, Params: encode(params)})
}

// call sends a request. When it succeeds done is called.
func (s *server) call(method string, params any, done func()) {
	s.nextID++
	id := fmt.Sprintf("%q", fmt.Sprint("concvet-", s.nextID))
	s.calls[id] = done
	s.send(&message{ID: json.RawMessage(id), Method: method, Params: encode(params)})
}

// encode is for types that JSON can express.
func encode(v any) json.RawMessage {
	text, err := json.Marshal(v)
	if err != nil {
		return json.RawMessage("null")
	}
	return text
}

// take deals with a message.
func (s *server) take(m *message) {
	switch {
	case m.Method == "":
		done := s.calls[string(m.ID)]
		delete(s.calls, string(m.ID))
		if done != nil && m.Error == nil {
			done()
		}
	case m.ID == nil:
		if err := s.safely(m, s.notified); err != nil {
			s.log(fmt.Sprintf("%s: %v", m.Method, err))
		}
	default:
		var result any
		err := s.safely(m, func(m *message) (err error) {
			result, err = s.request(m)
			return err
		})
		if err != nil {
			s.send(&message{ID: m.ID, Error: err})
		} else {
			s.send(&message{ID: m.ID, Result: encode(result)})
		}
	}
}

// safely calls handle. One message that was not foreseen must not take the
// findings of a whole session away, so a panic becomes an error.
func (s *server) safely(m *message, handle func(*message) error) (err *rpcError) {
	defer func() {
		if v := recover(); v != nil {
			err = &rpcError{codeInternal, fmt.Sprint("internal error: ", v)}
		}
	}()
	if e := handle(m); e != nil && !errors.As(e, &err) {
		err = &rpcError{codeInternal, e.Error()}
	}
	return err
}

// decode reads the parameters of a message.
func decode[T any](m *message) (params T, err error) {
	if len(m.Params) == 0 {
		return params, &rpcError{codeInvalidParams, "parameters are missing"}
	}
	if err := json.Unmarshal(m.Params, &params); err != nil {
		return params, &rpcError{codeInvalidParams, err.Error()}
	}
	return params, nil
}

// log tells the user once of something that should not be.
func (s *server) log(text string) {
	if s.told[text] || len(s.told) > maxTold {
		return
	}
	s.told[text] = true
	s.notify("window/logMessage", map[string]any{"type": 2, "message": "concvet: " + text})
}

// maxTold is how much there is to tell.
const maxTold = 1000
