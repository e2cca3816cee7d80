package gateway

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

const invoicePath = "/v1/tenants/acme/invoices/i1"

func TestHeadersThatAreForwardedAreFew(t *testing.T) {
	f := &fake{}
	front := serve(t, f, nil)
	got := send(t, "GET", front+invoicePath, "",
		"Authorization", "Bearer x", "X-Request-Id", "abc", "Traceparent", "00-1", "X-Secret", "no", "Cookie", "no",
		"Grpc-Metadata-X-Tenant", "no", "X-Forwarded-For", "6.6.6.6", "X-Forwarded-Host", "evil")
	if got.status != 200 || !strings.Contains(got.body, "tenants/acme/invoices/i1") || got.header.Get("X-Request-Id") != "abc" {
		t.Fatal(got)
	}
	for name, want := range map[string]string{
		"authorization": "Bearer x", "x-request-id": "abc", "traceparent": "00-1", "x-forwarded-for": "127.0.0.1",
	} {
		if values := f.metadata.Get(name); len(values) != 1 || values[0] != want {
			t.Errorf("%s: %v", name, values)
		}
	}
	for name, values := range f.metadata {
		if strings.Contains(strings.Join(values, " "), "no") || strings.Contains(strings.Join(values, " "), "evil") {
			t.Errorf("%s: %v", name, values)
		}
	}
}

func TestRequestIDThatIsUnfitIsReplaced(t *testing.T) {
	f := &fake{}
	got := send(t, "GET", serve(t, f, nil)+invoicePath, "", "X-Request-Id", "a b")
	id := got.header.Get("X-Request-Id")
	if len(id) != 36 || f.metadata.Get("x-request-id")[0] != id {
		t.Fatal(id, f.metadata)
	}
}

func TestRefusals(t *testing.T) {
	front := serve(t, &fake{}, func(o *Options) { o.BodyBytes = 1024 })
	for _, c := range []struct {
		method, path, body string
		status             int
		reason             string
	}{
		{"GET", "/nope", "", 404, "PATH_NOT_FOUND"},
		{"GET", "/v1/operations/x", "", 404, "PATH_NOT_FOUND"},
		{"PUT", invoicePath, "", 405, "METHOD_NOT_ALLOWED"},
		{"POST", "/healthz", "", 405, "METHOD_NOT_ALLOWED"},
		{"POST", invoicePath + ":reject", "{}", 501, "METHOD_UNIMPLEMENTED"},
		{"POST", invoicePath + ":approve", `{"comment":"` + strings.Repeat("x", 2000) + `"}`, 413, "REQUEST_TOO_LARGE"},
		{"POST", invoicePath + ":approve", `{"colour":1}`, 400, "UNKNOWN_JSON_FIELD"},
		{"POST", invoicePath + ":approve", `{"comment":"` + "\xff" + `"}`, 400, "REQUEST_MALFORMED"},
		{"POST", invoicePath + ":approve", `{"comment":"a","comment":"b"}`, 400, "REQUEST_MALFORMED"},
		{"POST", invoicePath + ":approve", `{} {}`, 400, "REQUEST_MALFORMED"},
		{"POST", invoicePath + ":approve", strings.Repeat("[", 900), 400, "REQUEST_MALFORMED"},
		{"GET", "/v1/tenants/acme/invoices/..%2Foperations", "", 400, "INVALID_PATH"},
		{"GET", "/v1/tenants/acme/invoices/%5c", "", 400, "INVALID_PATH"},
		{"GET", "/v1/tenants/acme/../other/invoices", "", 400, "INVALID_PATH"},
		{"GET", "/v1/tenants/acme//invoices", "", 400, "INVALID_PATH"},
		{"GET", "/v1/tenants/%ff/invoices", "", 400, "INVALID_PATH"},
		{"GET", "/v1/tenants/acme/invoices?page_size=1&page_size=2", "", 400, "INVALID_QUERY"},
		{"GET", "/v1/tenants/acme/invoices?page_size=many", "", 400, "INVALID_QUERY"},
	} {
		got := send(t, c.method, front+c.path, c.body)
		if got.status != c.status || got.reason(t) != c.reason {
			t.Errorf("%s %s %.40s: %d %s", c.method, c.path, c.body, got.status, got.body)
		}
	}
}

func TestTwoAuthorizationsAreRefused(t *testing.T) {
	f := &fake{}
	got := send(t, "GET", serve(t, f, nil)+invoicePath, "", "Authorization", "Bearer a", "Authorization", "Bearer b")
	if got.status != 401 || got.reason(t) != "CREDENTIALS_AMBIGUOUS" || got.header.Get("WWW-Authenticate") != "Bearer" || f.calls != 0 {
		t.Fatal(got, f.calls)
	}
}

func TestErrorsOfServicesWithoutAReasonGetOne(t *testing.T) {
	for code, want := range map[codes.Code]struct {
		status int
		reason string
	}{
		codes.Unavailable:      {503, "UPSTREAM_UNAVAILABLE"},
		codes.DeadlineExceeded: {504, "DEADLINE_EXCEEDED"},
		codes.Internal:         {500, "INTERNAL"},
		codes.Unknown:          {500, "INTERNAL"},
	} {
		f := &fake{getInvoice: func(context.Context, *invoicesv1.GetInvoiceRequest) (*invoicesv1.Invoice, error) {
			return nil, status.Error(code, "dial 10.0.0.7: secret")
		}}
		got := send(t, "GET", serve(t, f, nil)+invoicePath, "")
		if got.status != want.status || got.reason(t) != want.reason || strings.Contains(got.body, "secret") {
			t.Errorf("%s: %v", code, got)
		}
		if code == codes.Unavailable && got.header.Get("Retry-After") != "1" {
			t.Error(got.header)
		}
	}
}

func TestServiceThatIsDownIs503WithRetryAfter(t *testing.T) {
	front := serve(t, &fake{}, func(o *Options) { o.QueryAddress = "127.0.0.1:1" })
	got := send(t, "GET", front+invoicePath, "")
	if got.status != 503 || got.reason(t) != "UPSTREAM_UNAVAILABLE" || got.header.Get("Retry-After") != "1" {
		t.Fatal(got)
	}
}

func TestServerThatStopsIsNoCallerWhoLeft(t *testing.T) {
	f := &fake{approve: codes.Canceled}
	f.getInvoice = func(_ context.Context, r *invoicesv1.GetInvoiceRequest) (*invoicesv1.Invoice, error) {
		if f.calls == 1 {
			return nil, status.Error(codes.Canceled, "")
		}
		return &invoicesv1.Invoice{Name: r.GetName()}, nil
	}
	front := serve(t, f, nil)
	if got := send(t, "GET", front+invoicePath, ""); got.status != 200 || f.calls != 2 {
		t.Error("what changes nothing is asked again", got, f.calls)
	}
	got := send(t, "POST", front+invoicePath+":approve", "{}")
	if got.status != 503 || got.reason(t) != "UPSTREAM_UNAVAILABLE" || f.calls != 3 {
		t.Error("what changes something is not", got, f.calls)
	}
}

func TestAnswerAfterTheDeadlineIs504(t *testing.T) {
	f := &fake{getInvoice: func(ctx context.Context, _ *invoicesv1.GetInvoiceRequest) (*invoicesv1.Invoice, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}}
	front := serve(t, f, func(o *Options) { o.CallSeconds = 0.1 })
	for _, headers := range [][]string{nil, {"Grpc-Timeout", "10m"}, {"Grpc-Timeout", "1H"}} {
		got := send(t, "GET", front+invoicePath, "", headers...)
		if got.status != http.StatusGatewayTimeout || got.reason(t) != "DEADLINE_EXCEEDED" {
			t.Error(headers, got)
		}
	}
}
