package gateway

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/textproto"
	"strings"
	"sync"
	"testing"

	"cloud.google.com/go/longrunning/autogen/longrunningpb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

// receiver takes uploads: what came, and how each ended.
type receiver struct {
	mu     sync.Mutex
	header *invoicesv1.UploadHeader
	data   []byte
	most   int // bytes of a chunk
	ended  chan error
}

func newReceiver() *receiver { return &receiver{ended: make(chan error, 100)} }

func (c *receiver) upload(stream invoicesv1.IngestService_UploadInvoiceServer) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.header, c.data = nil, nil
	for {
		message, err := stream.Recv()
		if err == io.EOF {
			c.ended <- nil
			return stream.SendAndClose(&longrunningpb.Operation{Name: "tenants/acme/operations/o1"})
		}
		if err != nil {
			c.ended <- err
			return err
		}
		if header := message.GetHeader(); header != nil {
			c.header = header
		}
		c.most = max(c.most, len(message.GetChunk()))
		c.data = append(c.data, message.GetChunk()...)
	}
}

func TestBodyIsTheDocument(t *testing.T) {
	c := newReceiver()
	front := serve(t, &fake{upload: c.upload}, nil)
	document := strings.Repeat("%PDF-1.7 \x00\xff", 300_000)
	for _, path := range []string{"/v1/tenants/acme/invoices:ingest?", "/v1/invoices:upload?parent=tenants/acme&"} {
		got := send(t, "POST", front+path+"file_name=a%20b.pdf&request_id=r1", document, "Content-Type", "application/pdf; x=1")
		if err := <-c.ended; err != nil || got.status != 200 || !strings.Contains(got.body, "operations/o1") {
			t.Fatal(got, err)
		}
		want := &invoicesv1.UploadHeader{Parent: "tenants/acme", MediaType: "application/pdf", FileName: "a b.pdf", RequestId: "r1"}
		if c.header.String() != want.String() || sha256.Sum256(c.data) != sha256.Sum256([]byte(document)) || c.most > chunkBytes {
			t.Error(path, c.header, len(c.data), c.most)
		}
	}
}

// form returns a body of parts and its type; a part without a name of a file is a field.
func form(t *testing.T, parts ...[3]string) (string, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, part := range parts {
		header := textproto.MIMEHeader{}
		disposition := fmt.Sprintf(`form-data; name=%q`, part[0])
		if part[1] != "" {
			disposition += fmt.Sprintf(`; filename=%q`, part[1])
			header.Set("Content-Type", "application/xml")
		}
		header.Set("Content-Disposition", disposition)
		p, err := w.CreatePart(header)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(p, part[2])
	}
	w.Close()
	return b.String(), w.FormDataContentType()
}

func TestFormHasFieldsAndThenTheDocument(t *testing.T) {
	c := newReceiver()
	front := serve(t, &fake{upload: c.upload}, nil)
	body, contentType := form(t, [3]string{"parent", "", "tenants/acme"}, [3]string{"request_id", "", "r1"}, [3]string{"document", "a.xml", "<a/>"})
	got := send(t, "POST", front+"/v1/invoices:upload", body, "Content-Type", contentType)
	if err := <-c.ended; err != nil || got.status != 200 {
		t.Fatal(got, err)
	}
	want := &invoicesv1.UploadHeader{Parent: "tenants/acme", MediaType: "application/xml", FileName: "a.xml", RequestId: "r1"}
	if c.header.String() != want.String() || string(c.data) != "<a/>" {
		t.Error(c.header, string(c.data))
	}
}

func TestWhatIsNoWholeDocumentLeavesNothing(t *testing.T) {
	c := newReceiver()
	front := serve(t, &fake{upload: c.upload}, func(o *Options) { o.UploadBytes = 1 << 20 })
	whole, contentType := form(t, [3]string{"parent", "", "tenants/acme"}, [3]string{"file", "a.xml", "<a/>"})
	trailing, trailingType := form(t, [3]string{"file", "a.xml", "<a/>"}, [3]string{"parent", "", "tenants/acme"})
	long, longType := form(t, [3]string{"parent", "", strings.Repeat("x", 5000)})
	large := strings.Repeat("x", 1<<20+1)
	largeForm, largeType := form(t, [3]string{"file", "a.xml", large})
	for _, c := range []struct {
		name, body, contentType string
		status                  int
		reason                  string
	}{
		{"a form that breaks off", whole[:len(whole)-10], contentType, 400, "FORM_MALFORMED"},
		{"a form without its boundary", whole, "multipart/form-data", 400, "FORM_MALFORMED"},
		{"a part behind the file", trailing, trailingType, 400, "FORM_MALFORMED"},
		{"a field that is long", long, longType, 400, "FORM_MALFORMED"},
		{"a form without a file", "", contentType, 400, "FORM_MALFORMED"},
		{"a document that is large", large, "application/pdf", 413, "DOCUMENT_TOO_LARGE"},
		{"a form of one", largeForm, largeType, 413, "DOCUMENT_TOO_LARGE"},
	} {
		for _, declared := range []bool{true, false} {
			request, _ := http.NewRequestWithContext(t.Context(), "POST", front+"/v1/invoices:upload", io.MultiReader(strings.NewReader(c.body)))
			request.ContentLength = -1
			if declared {
				request.ContentLength = int64(len(c.body))
			}
			request.Header.Set("Content-Type", c.contentType)
			if got := do(t, request); got.status != c.status || got.reason(t) != c.reason {
				t.Errorf("%s, declared %t: %v", c.name, declared, got)
			}
		}
	}
	for len(c.ended) > 0 {
		if err := <-c.ended; err == nil {
			t.Error("an upload has come to its end")
		}
	}
}

func TestBodyThatIsNotWhatItsHeadersSayLeavesNothing(t *testing.T) {
	const head = "POST /v1/tenants/acme/invoices:ingest HTTP/1.1\r\nHost: x\r\nContent-Type: application/pdf\r\n"
	for name, request := range map[string]string{
		"shorter than declared":  head + "Content-Length: 100\r\n\r\nabc",
		"a chunk without a size": head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
		"a chunk that lies":      head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\nhello",
		"no last chunk":          head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
	} {
		c := newReceiver()
		front := serve(t, &fake{upload: c.upload}, nil)
		conn := dialed(t, front)
		io.WriteString(conn, request)
		conn.(*net.TCPConn).CloseWrite()
		if got := answered(t, conn); got.StatusCode != 400 {
			t.Error(name, got.Status)
		}
		if err := <-c.ended; status.Code(err) != codes.Canceled {
			t.Error(name, err)
		}
	}
}

func TestBodyWithTwoLengthsIsRefused(t *testing.T) {
	f := &fake{}
	front := serve(t, f, nil)
	for _, headers := range []string{
		"Content-Length: 2\r\nContent-Length: 3\r\n", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n",
		"Content-Length: -1\r\n",
	} {
		conn := dialed(t, front)
		io.WriteString(conn, "POST "+invoicePath+":reprocess HTTP/1.1\r\nHost: x\r\n"+headers+"\r\n{}")
		if got := answered(t, conn); got.StatusCode < 400 || got.StatusCode >= 600 {
			t.Error(headers, got.Status)
		}
	}
	if f.calls != 0 {
		t.Error(f.calls)
	}
}

func TestRefusalOfAServiceReachesWhoIsStillSending(t *testing.T) {
	front := serve(t, &fake{upload: func(invoicesv1.IngestService_UploadInvoiceServer) error {
		return status.Error(codes.Unavailable, "")
	}}, nil)
	got := send(t, "POST", front+"/v1/tenants/acme/invoices:ingest", strings.Repeat("x", 20<<20), "Content-Type", "application/pdf")
	if got.status != 503 || got.reason(t) != "UPSTREAM_UNAVAILABLE" {
		t.Fatal(got)
	}
}

func TestUploadTakesOnlyItsOwnParameters(t *testing.T) {
	f := &fake{}
	front := serve(t, f, nil)
	for _, query := range []string{"?colour=red", "?file_name=a&file_name=b", "?%zz"} {
		got := send(t, "POST", front+"/v1/tenants/acme/invoices:ingest"+query, "x", "Content-Type", "application/pdf")
		if got.status != 400 || got.reason(t) != "INVALID_QUERY" {
			t.Error(query, got)
		}
	}
	if f.calls != 0 {
		t.Error(f.calls)
	}
}

func TestDocumentWithoutItsTypeIsToldToHaveOne(t *testing.T) {
	front := serve(t, &fake{}, nil)
	for _, contentType := range []string{formType, ""} {
		got := send(t, "POST", front+"/v1/tenants/acme/invoices:ingest?file_name=a.pdf", "%PDF-1.7", "Content-Type", contentType)
		if got.status != 400 || got.reason(t) != "INVALID_QUERY" || !strings.Contains(got.body, "Content-Type") {
			t.Error(contentType, got)
		}
	}
}

func TestUploadInJSONIsALineForEachMessage(t *testing.T) {
	c := newReceiver()
	front := serve(t, &fake{upload: c.upload}, nil)
	lines := `{"header":{"parent":"tenants/acme"}}` + "\n\n" + `{"chunk":"PGE+"}` + "\r\n" + `{"chunk":"PC9hPg=="}`
	for _, contentType := range []string{jsonLinesType, jsonType, formType} {
		got := send(t, "POST", front+"/v1/invoices:upload", lines, "Content-Type", contentType)
		if err := <-c.ended; err != nil || got.status != 200 || string(c.data) != "<a></a>" {
			t.Fatal(got, err, string(c.data))
		}
	}
	if got := send(t, "POST", front+"/v1/invoices:upload", lines[:50], "Content-Type", jsonLinesType); got.status != 400 || got.reason(t) != "REQUEST_MALFORMED" {
		t.Error(got)
	}
	if err := <-c.ended; err == nil {
		t.Error("an upload has come to its end")
	}
}

func dialed(t *testing.T, url string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func answered(t *testing.T, conn net.Conn) *http.Response {
	t.Helper()
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}
