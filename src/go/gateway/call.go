package gateway

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"regexp"
)

const requestIDHeader = "X-Request-Id"

var requestIDs = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// call is what is known of a request while it is under way.
type call struct {
	id             string
	idempotencyKey string
	route          string // template of the path; empty where there is none
	reason         string // of the error that was answered
	body           *body
	caller         context.Context // done where who called has left
}

type callKey struct{}

func callOf(ctx context.Context) *call { return ctx.Value(callKey{}).(*call) }

// fault returns why the body could not be taken; nil where it could.
func (c *call) fault() *Fault {
	if c.body == nil {
		return nil
	}
	return c.body.fault
}

// newCall names the request: by its own id where that is fit, else by a new one.
func newCall(r *http.Request) *call {
	id := r.Header.Get(requestIDHeader)
	if !requestIDs.MatchString(id) {
		id = newID()
	}
	return &call{id: id, caller: r.Context()}
}

// newID returns a random UUID (RFC 9562, version 4).
func newID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
