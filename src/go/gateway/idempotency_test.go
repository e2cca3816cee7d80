package gateway

import (
	"strings"
	"testing"

	"cloud.google.com/go/longrunning/autogen/longrunningpb"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

func TestIdempotencyKeyIsTheRequestID(t *testing.T) {
	f := &fake{upload: func(stream invoicesv1.IngestService_UploadInvoiceServer) error {
		first, err := stream.Recv()
		if err != nil {
			return err
		}
		return stream.SendAndClose(&longrunningpb.Operation{Name: first.GetHeader().GetRequestId()})
	}}
	front := serve(t, f, nil)
	for _, c := range []struct{ path, body, contentType string }{
		{invoicePath + ":reprocess", "{}", jsonType},
		{invoicePath + ":reprocess", `{"request_id":"k1"}`, jsonType},
		{"/v1/tenants/acme/invoices:ingest", "<a/>", "application/xml"},
		{"/v1/invoices:upload", `{"header":{"parent":"tenants/acme"}}`, jsonLinesType},
	} {
		got := send(t, "POST", front+c.path, c.body, "Idempotency-Key", "k1", "Content-Type", c.contentType)
		if got.status != 200 || !strings.Contains(got.body, `"k1"`) {
			t.Errorf("%s %s: %v", c.path, c.body, got)
		}
	}
}

func TestIdempotencyKeyThatCannotHoldIsRefused(t *testing.T) {
	f := &fake{}
	front := serve(t, f, nil)
	for _, c := range []struct {
		path, body, reason string
		keys               []string
	}{
		{":approve", "{}", "IDEMPOTENCY_KEY_NOT_TAKEN", []string{"Idempotency-Key", "k1"}},
		{":streamSummary", "{}", "IDEMPOTENCY_KEY_NOT_TAKEN", []string{"Idempotency-Key", "k1"}},
		{":reprocess", `{"request_id":"k2"}`, "IDEMPOTENCY_KEY_AMBIGUOUS", []string{"Idempotency-Key", "k1"}},
		{":reprocess", "{}", "IDEMPOTENCY_KEY_AMBIGUOUS", []string{"Idempotency-Key", "k1", "Idempotency-Key", "k1"}},
	} {
		got := send(t, "POST", front+invoicePath+c.path, c.body, c.keys...)
		if got.status != 400 || got.reason(t) != c.reason {
			t.Errorf("%s %s: %v", c.path, c.body, got)
		}
	}
	if f.calls != 0 {
		t.Error(f.calls)
	}
	if got := send(t, "GET", front+invoicePath, "", "Idempotency-Key", "k1"); got.status != 200 {
		t.Error(got) // it may be done any number of times
	}
}
