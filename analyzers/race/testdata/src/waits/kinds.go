package waits

// As a test of net/http/fcgi: the record is of another kind than those that
// start a goroutine.

const (
	kindValues = 9
	kindStdin  = 5
)

type record struct {
	kind uint8
	data []byte
}

type child struct{ written []byte }

func (c *child) handle(r *record) {
	switch r.kind {
	case kindStdin:
		go c.badServe(r.data)
	case kindValues:
		c.written = append(c.written, r.data...)
	}
}

func (c *child) badServe(data []byte) {
	c.written = append(c.written, data...) // want `c.written is appended to by the goroutine that handle starts while thisKind reads it`
}

func okOtherKind() string {
	var r record
	r.kind = kindValues
	c := &child{}
	c.handle(&r)
	return string(c.written)
}

func thisKind() string {
	var r record
	r.kind = kindStdin
	c := &child{}
	c.handle(&r)
	return string(c.written)
}
