package gateway

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"google.golang.org/genproto/googleapis/api/httpbody"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/anypb"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

const stored = "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"

// storing returns a fake with a document of this type and name, in chunks of ten bytes.
func storing(mediaType, fileName string) *fake {
	return &fake{
		getInvoice: func(context.Context, *invoicesv1.GetInvoiceRequest) (*invoicesv1.Invoice, error) {
			return &invoicesv1.Invoice{Document: &invoicesv1.Document{
				Sha256: "abc", SizeBytes: int64(len(stored)), MediaType: mediaType, FileName: fileName,
			}}, nil
		},
		document: func(stream invoicesv1.QueryService_GetDocumentServer) error {
			for rest := stored; rest != ""; {
				n := min(10, len(rest))
				stream.Send(&httpbody.HttpBody{ContentType: mediaType, Data: []byte(rest[:n])})
				rest = rest[n:]
			}
			return nil
		},
	}
}

func TestDocumentIsSavedAndNeverShown(t *testing.T) {
	for mediaType, want := range map[string]string{
		"application/xml": "application/xml", "application/pdf": "application/pdf", "image/png": "image/png",
		"image/svg+xml": "application/octet-stream", "text/html": "application/octet-stream", "": "application/octet-stream",
	} {
		got := send(t, "GET", serve(t, storing(mediaType, "a\"\r\nX: y.svg"), nil)+invoicePath+":document", "")
		disposition := got.header.Get("Content-Disposition")
		if got.status != 200 || got.body != stored || got.header.Get("Content-Type") != want ||
			!strings.HasPrefix(disposition, "attachment; filename") || got.header.Get("X") != "" ||
			got.header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") ||
			got.header.Get("ETag") != `"abc"` || got.header.Get("Content-Length") != "64" {
			t.Error(mediaType, got)
		}
	}
	got := send(t, "GET", serve(t, storing("", ""), nil)+invoicePath+":document", "")
	if got.header.Get("Content-Disposition") != "attachment; filename=i1" {
		t.Error(got.header)
	}
}

func TestRangesOfADocument(t *testing.T) {
	front := serve(t, storing("application/xml", ""), nil)
	for _, c := range []struct {
		headers    []string
		status     int
		body, says string
	}{
		{[]string{"Range", "bytes=0-3"}, 206, stored[:4], "bytes 0-3/64"},
		{[]string{"Range", "bytes=25-44"}, 206, stored[25:45], "bytes 25-44/64"},
		{[]string{"Range", "bytes=-6"}, 206, "</svg>", "bytes 58-63/64"},
		{[]string{"Range", "bytes=60-"}, 206, stored[60:], "bytes 60-63/64"},
		{[]string{"Range", "bytes=0-0,2-2,4-4"}, 200, stored, ""},
		{[]string{"Range", "bytes=64-"}, 416, "", "bytes */64"},
		{[]string{"Range", "bytes=0-3", "If-Range", `"old"`}, 200, stored, ""},
		{[]string{"Range", "bytes=0-3", "If-Range", `"abc"`}, 206, stored[:4], "bytes 0-3/64"},
		{[]string{"If-None-Match", `"abc"`}, 304, "", ""},
		{[]string{"If-None-Match", `"old"`}, 200, stored, ""},
		{[]string{"If-Match", `"old"`}, 412, "", ""},
	} {
		got := send(t, "GET", front+invoicePath+":document", "", c.headers...)
		if got.status != c.status || got.header.Get("Content-Range") != c.says || c.status != 416 && got.body != c.body {
			t.Error(c.headers, got)
		}
	}
}

func TestHeadersOfADocumentAreToldWithoutFetchingIt(t *testing.T) {
	f := storing("application/pdf", "")
	got := send(t, "HEAD", serve(t, f, nil)+invoicePath+":document", "")
	if got.status != 200 || got.header.Get("Content-Length") != "64" || f.calls != 1 {
		t.Error(got, f.calls)
	}
}

func TestDocumentThatFailsAtOnceHasTheStatusOfItsError(t *testing.T) {
	f := storing("application/pdf", "")
	f.document = func(invoicesv1.QueryService_GetDocumentServer) error { return status.Error(codes.Unavailable, "") }
	got := send(t, "GET", serve(t, f, nil)+invoicePath+":document", "")
	if got.status != 503 || got.reason(t) != "UPSTREAM_UNAVAILABLE" || got.header.Get("ETag") != "" ||
		got.header.Get("Content-Disposition") != "" || got.header.Get("Content-Type") != jsonType {
		t.Error(got)
	}
}

func TestDocumentThatBreaksOffIsSeenNotToBeWhole(t *testing.T) {
	for name, end := range map[string]error{"an error": status.Error(codes.DataLoss, ""), "an early end": nil} {
		f := storing("application/pdf", "")
		f.document = func(stream invoicesv1.QueryService_GetDocumentServer) error {
			stream.Send(&httpbody.HttpBody{Data: []byte(stored[:10])})
			return end
		}
		request, _ := http.NewRequestWithContext(t.Context(), "GET", serve(t, f, nil)+invoicePath+":document", nil)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			continue // nothing of it has come
		}
		defer answer.Body.Close()
		if body, err := io.ReadAll(answer.Body); err == nil {
			t.Errorf("%s: %q is read as the whole", name, body)
		}
	}
}

// carrying returns a fake with a file of this type and name that an e-invoice carries, in two chunks.
func carrying(mediaType, fileName string) *fake {
	return &fake{
		attachment: func(r *invoicesv1.GetAttachmentRequest, stream invoicesv1.PageService_GetAttachmentServer) error {
			if r.GetSha256() != "abc" || "/v1/"+r.GetName() != invoicePath {
				return status.Error(codes.Unavailable, "")
			}
			said, err := anypb.New(&invoicesv1.AttachedDocument{FileName: fileName})
			if err != nil {
				return err
			}
			stream.Send(&httpbody.HttpBody{ContentType: mediaType, Data: []byte(stored[:9]), Extensions: []*anypb.Any{said}})
			return stream.Send(&httpbody.HttpBody{Data: []byte(stored[9:])})
		},
	}
}

func TestAttachmentIsSavedAndNeverShown(t *testing.T) {
	for mediaType, want := range map[string]string{
		"text/csv": "text/csv", "application/pdf": "application/pdf",
		"image/svg+xml": "application/octet-stream", "text/html": "application/octet-stream", "": "application/octet-stream",
	} {
		got := send(t, "GET", serve(t, carrying(mediaType, "a\"\r\nX: y.svg"), nil)+invoicePath+":attachment?sha256=abc", "")
		if got.status != 200 || got.body != stored || got.header.Get("Content-Type") != want ||
			!strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment; filename") || got.header.Get("X") != "" ||
			got.header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") {
			t.Error(mediaType, got)
		}
	}
	got := send(t, "GET", serve(t, carrying("", ""), nil)+invoicePath+":attachment?sha256=abc", "")
	if got.header.Get("Content-Disposition") != "attachment; filename=abc" {
		t.Error(got.header)
	}
}

func TestAttachmentThatFailsAtOnceHasTheStatusOfItsError(t *testing.T) {
	front := serve(t, carrying("", ""), nil)
	for query, want := range map[string]int{"?sha256=abd": 503, "": 503, "?sha265=abc": 400} {
		got := send(t, "GET", front+invoicePath+":attachment"+query, "")
		if got.status != want || got.header.Get("Content-Disposition") != "" {
			t.Error(query, got)
		}
	}
}
