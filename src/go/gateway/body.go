package gateway

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
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

// allow has the body, of which nothing has been read, hold a document up to the limit and so much room beside it, and
// take as long as it keeps its pace.
func (b *body) allow(limit, room int64) {
	b.left, b.tooLarge, b.end = limit+room, documentTooLarge(limit), time.Time{}
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
	switch {
	case b.left < 0:
		b.fault = b.tooLarge
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
