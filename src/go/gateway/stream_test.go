package gateway

import (
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

func segment(text string) *invoicesv1.StreamSummaryResponse {
	return &invoicesv1.StreamSummaryResponse{Event: &invoicesv1.StreamSummaryResponse_Segment_{
		Segment: &invoicesv1.StreamSummaryResponse_Segment{Text: text},
	}}
}

func twoSegments(stream invoicesv1.SummarizeService_StreamSummaryServer) error {
	stream.Send(segment("One."))
	return stream.Send(segment("Two."))
}

func TestStreamIsALineForEachMessage(t *testing.T) {
	got := send(t, "POST", serve(t, &fake{summarize: twoSegments}, nil)+invoicePath+":streamSummary", "{}")
	lines := strings.Split(strings.ReplaceAll(got.body, " ", ""), "\n")
	if got.header.Get("Content-Type") != "application/x-ndjson" || len(lines) != 3 ||
		lines[0] != `{"segment":{"text":"One."}}` || lines[1] != `{"segment":{"text":"Two."}}` || lines[2] != "" {
		t.Fatal(got)
	}
}

func TestStreamIsServerSentEventsWhereTheyAreAskedFor(t *testing.T) {
	front := serve(t, &fake{summarize: twoSegments}, nil)
	for _, accept := range []string{"text/event-stream", "application/json;q=0.1, TEXT/event-stream;q=0.9"} {
		got := send(t, "POST", front+invoicePath+":streamSummary", "{}", "Accept", accept)
		events := strings.Split(strings.ReplaceAll(got.body, " ", ""), "\n\n")
		if got.header.Get("Content-Type") != "text/event-stream" || len(events) != 3 ||
			events[0] != `data:{"segment":{"text":"One."}}` || events[2] != "" {
			t.Fatal(got)
		}
	}
	got := send(t, "GET", front+invoicePath, "", "Accept", "text/event-stream")
	if got.header.Get("Content-Type") != "application/json" || !strings.HasPrefix(got.body, "{") {
		t.Error("what is no stream is JSON", got)
	}
}

func TestStreamThatFailsBeforeItsFirstMessageHasTheStatusOfItsError(t *testing.T) {
	for name, fail := range map[string]func(invoicesv1.SummarizeService_StreamSummaryServer) error{
		"at once": func(invoicesv1.SummarizeService_StreamSummaryServer) error {
			return status.Error(codes.Unavailable, "")
		},
		"after its headers": func(stream invoicesv1.SummarizeService_StreamSummaryServer) error {
			stream.SendHeader(metadata.Pairs("x-request-id", "1"))
			return status.Error(codes.Unavailable, "")
		},
	} {
		front := serve(t, &fake{summarize: fail}, nil)
		for _, accept := range []string{"*/*", "text/event-stream"} {
			got := send(t, "POST", front+invoicePath+":streamSummary", "{}", "Accept", accept)
			if got.status != 503 || got.reason(t) != "UPSTREAM_UNAVAILABLE" || got.header.Get("Content-Type") != jsonType {
				t.Error(name, got)
			}
		}
	}
}

func TestStreamThatBreaksOffSaysWhyInItsLastLine(t *testing.T) {
	front := serve(t, &fake{summarize: func(stream invoicesv1.SummarizeService_StreamSummaryServer) error {
		stream.Send(segment("One."))
		return status.Error(codes.Internal, "secret")
	}}, nil)
	got := send(t, "POST", front+invoicePath+":streamSummary", "{}")
	lines := strings.Split(got.body, "\n")
	if got.status != 200 || len(lines) != 3 || !strings.HasPrefix(lines[1], `{"error":{`) ||
		!strings.Contains(lines[1], `"INTERNAL"`) || strings.Contains(got.body, "secret") {
		t.Error(got)
	}
	got = send(t, "POST", front+invoicePath+":streamSummary", "{}", "Accept", "text/event-stream")
	if events := strings.Split(got.body, "\n\n"); len(events) != 3 || !strings.HasPrefix(events[1], "event: error\ndata: {") {
		t.Error(got)
	}
}
