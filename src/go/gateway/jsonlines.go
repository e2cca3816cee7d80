package gateway

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

const (
	jsonLinesType   = "application/x-ndjson"
	eventStreamType = "text/event-stream"
)

// Marshal returns a message, or one of a stream: on a line of its own, and as it is. Where a stream breaks off, its last
// line is an object with the `error` alone.
func (m *jsonMarshaler) Marshal(value any) ([]byte, error) {
	switch value := value.(type) {
	case proto.Message:
		return m.MarshalOptions.Marshal(value)
	case map[string]any: // of a stream
		return m.MarshalOptions.Marshal(value["result"].(proto.Message))
	case map[string]proto.Message: // its end by an error
		said, err := m.MarshalOptions.Marshal(value["error"])
		return bytes.Join([][]byte{[]byte(`{"error":`), said, []byte("}")}, nil), err
	}
	return m.JSONPb.Marshal(value)
}

func (m *jsonMarshaler) StreamContentType(any) string { return jsonLinesType }

// eventMarshaler writes streams as server-sent events (WHATWG HTML, 9.2), and other answers as JSON. An error is an event
// of the type `error`.
type eventMarshaler struct{ *jsonMarshaler }

func (m eventMarshaler) StreamContentType(any) string { return eventStreamType }

func (m eventMarshaler) Delimiter() []byte { return []byte("\n\n") }

func (m eventMarshaler) Marshal(value any) ([]byte, error) {
	line, err := m.jsonMarshaler.Marshal(value)
	switch value.(type) {
	case map[string]any:
		return append([]byte("data: "), line...), err
	case map[string]proto.Message:
		return append([]byte("event: error\ndata: "), line...), err
	}
	return line, err
}

// acceptStreams has grpc-gateway, which compares the whole header, see whether server-sent events are asked for.
func acceptStreams(header http.Header) {
	wanted := ""
	for _, value := range header.Values("Accept") {
		for each := range strings.SplitSeq(value, ",") {
			if kind, _, _ := strings.Cut(each, ";"); strings.TrimSpace(strings.ToLower(kind)) == eventStreamType {
				wanted = eventStreamType
			}
		}
	}
	header.Set("Accept", wanted)
}

// streamError returns what the last line of a stream says that broke off.
func streamError(ctx context.Context, err error) *status.Status {
	call := callOf(ctx)
	_, reason, said := statusOf(err, call)
	call.reason = reason
	return said
}
