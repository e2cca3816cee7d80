package gateway

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"google.golang.org/grpc/codes"
)

// body is that of a request, read within its limit and pace. It keeps why it could not be read: the generated handlers
// make a text of what a reader says.
type body struct {
	io.ReadCloser
	controller *http.ResponseController
	stall      time.Duration
	end        time.Time // when all of it has to be there; zero where only the pace counts
	declared   int64     // what its headers say; -1 where nothing
	left       int64
	tooLarge   *Fault // what it is told where it has more
	fault      *Fault
	held       *heldBytes // nil where it is not held but passed on
	read       int64
}

// heldBytes are those of all bodies that are held until they are there as a whole. Before that, nobody knows who sends
// them. The first of each body do not count, so that small requests pass when large ones take all the room.
type heldBytes struct {
	most int64
	now  atomic.Int64
	full *Fault
}

const uncountedBytes = 16 << 10

func newHeldBytes(most int64) *heldBytes {
	return &heldBytes{most: most, full: &Fault{
		Code: codes.ResourceExhausted, Reason: "TOO_MANY_BODY_BYTES",
		Text:     "the requests under way have brought as many bytes as they may",
		Metadata: map[string]string{"limit": strconv.FormatInt(most, 10), "whose": "gateway"},
	}}
}

var (
	requestTooLarge = &Fault{Code: codes.InvalidArgument, Reason: "REQUEST_TOO_LARGE",
		Text: "the request is too large: send documents as they are, not in JSON"}
	requestTooSlow = &Fault{HTTPStatus: http.StatusRequestTimeout, Code: codes.DeadlineExceeded, Reason: "REQUEST_TOO_SLOW",
		Text: "the body stood still, or took too long"}
	bodyBroken = &Fault{Code: codes.InvalidArgument, Reason: "BODY_INCOMPLETE",
		Text: "the body broke off, or is not what its headers say"}
)

func documentTooLarge(limit int64) *Fault {
	return &Fault{Code: codes.InvalidArgument, Reason: "DOCUMENT_TOO_LARGE", Text: "the document is larger than the limit",
		Metadata: map[string]string{"limit_bytes": strconv.FormatInt(limit, 10)}}
}

// pass has the body, of which nothing has been read, be a document up to the limit with so much room beside it, which is
// passed on as it comes, and takes as long as it keeps its pace.
func (b *body) pass(limit, room int64) {
	b.limit(limit, room)
	b.end, b.held = time.Time{}, nil
}

// limit has the body be a document up to the limit, with so much room beside it.
func (b *body) limit(limit, room int64) {
	b.left, b.tooLarge = limit+room, documentTooLarge(limit)
}

// release gives back what the body has held.
func (b *body) release() {
	if b.held != nil {
		b.held.now.Add(-counted(b.read))
		b.held = nil
	}
}

func counted(read int64) int64 { return max(0, read-uncountedBytes) }

// hold says whether there is room for so many bytes more.
func (b *body) hold(n int64) bool {
	if b.held == nil {
		return true
	}
	before := counted(b.read)
	b.read += n
	more := counted(b.read) - before
	return b.held.now.Add(more) <= b.held.most || more == 0
}

// Read returns a Fault where the body cannot be read further, and then always.
func (b *body) Read(p []byte) (int, error) {
	if b.fault != nil {
		return 0, b.fault
	}
	if b.declared > b.left {
		b.fault = b.tooLarge // before it is sent, where the client waits for our word
		return 0, b.fault
	}
	b.declared = 0
	deadline := time.Now().Add(b.stall)
	if !b.end.IsZero() && b.end.Before(deadline) {
		deadline = b.end
	}
	b.controller.SetReadDeadline(deadline)
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	room := b.hold(int64(n))
	switch {
	case b.left < 0:
		b.fault = b.tooLarge
	case !room:
		b.fault = b.held.full
	case err == nil:
		return n, nil
	case errors.Is(err, io.EOF):
		// Else it would end the wait for our answer.
		b.controller.SetReadDeadline(time.Time{})
		return n, err
	case errors.Is(err, os.ErrDeadlineExceeded):
		b.fault = requestTooSlow
	default:
		b.fault = bodyBroken
	}
	return 0, b.fault
}
