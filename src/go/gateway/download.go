package gateway

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/grpc-ecosystem/grpc-gateway/v2/utilities"
	"google.golang.org/genproto/googleapis/api/httpbody"
	"google.golang.org/grpc"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

const (
	documentTemplate   = "/v1/{name=tenants/*/invoices/*}:document"
	pageTemplate       = "/v1/{name=tenants/*/invoices/*}:renderPage"
	attachmentTemplate = "/v1/{name=tenants/*/invoices/*}:attachment"
	plainBytesType     = "application/octet-stream"
)

// What a document may be said to be. None of it is shown by a browser: it is saved.
var documentTypes = []string{"application/pdf", "application/xml", "application/pkcs7-mime", "image/png", "image/jpeg", "image/tiff", "image/webp"}

// What a file that an e-invoice carries may be said to be (BT-125). It is saved as well.
var attachmentTypes = []string{
	"application/pdf", "image/png", "image/jpeg", "text/csv",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"application/vnd.oasis.opendocument.spreadsheet",
}

// downloads hand out documents, pictures of their pages, and the files that they carry, as they are.
type downloads struct {
	query invoicesv1.QueryServiceClient
	pages invoicesv1.PageServiceClient
}

// givesDocuments says whether the route's answer is no JSON.
func (r *route) givesDocuments() bool {
	return r.template == documentTemplate || r.template == pageTemplate || r.template == attachmentTemplate
}

// document answers with the bytes of an invoice's document, or a range of them (RFC 9110, 13 and 14).
func (d *downloads) document(w http.ResponseWriter, r *http.Request, parameters map[string]string) {
	name := parameters["name"]
	invoice, err := d.query.GetInvoice(r.Context(), &invoicesv1.GetInvoiceRequest{
		Name: name, View: invoicesv1.InvoiceView_INVOICE_VIEW_BASIC,
	})
	if err != nil {
		writeError(w, r, err)
		return
	}
	document := invoice.GetDocument()
	etag := strconv.Quote(document.GetSha256())
	header := w.Header()
	header.Set("Content-Type", oneOf(documentTypes, document.GetMediaType()))
	header.Set("Content-Disposition", attachment(document.GetFileName(), name))
	header.Set("ETag", etag)
	header.Set("Cache-Control", "private, no-cache") // to be asked for anew each time, which may be answered with 304
	if strings.Contains(r.Header.Get("Range"), ",") {
		r.Header.Del("Range") // the whole is no more work than several ranges
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	content := &documentContent{
		size: document.GetSizeBytes(),
		open: func() (httpBodies, error) {
			return d.query.GetDocument(ctx, &invoicesv1.GetDocumentRequest{Name: name})
		},
	}
	// It fails here, while the status can still say so.
	if r.Method == http.MethodGet && !strings.Contains(r.Header.Get("If-None-Match"), etag) {
		if err := content.begin(); err != nil {
			writeError(w, r, err)
			return
		}
	}
	http.ServeContent(w, r, "", time.Time{}, content)
	if content.err != nil {
		abort(r, content.err)
	}
}

// page answers with the picture of a page.
func (d *downloads) page(w http.ResponseWriter, r *http.Request, parameters map[string]string) {
	name := parameters["name"]
	request := &invoicesv1.RenderPageRequest{}
	if err := runtime.PopulateQueryParameters(request, r.URL.Query(), noFilter); err != nil {
		writeError(w, r, ofQuery(err.Error()))
		return
	}
	request.Name = name
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	bodies, err := d.pages.RenderPage(ctx, request)
	passBodies(w, r, bodies, err, func(*httpbody.HttpBody) {
		w.Header().Set("Content-Type", "image/png")
		w.Header().Set("Content-Disposition", "inline")
	})
}

// attachment answers with a file that the e-invoice carries.
func (d *downloads) attachment(w http.ResponseWriter, r *http.Request, parameters map[string]string) {
	request := &invoicesv1.GetAttachmentRequest{}
	if err := runtime.PopulateQueryParameters(request, r.URL.Query(), noFilter); err != nil {
		writeError(w, r, ofQuery(err.Error()))
		return
	}
	request.Name = parameters["name"]
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	bodies, err := d.pages.GetAttachment(ctx, request)
	passBodies(w, r, bodies, err, func(first *httpbody.HttpBody) {
		said := &invoicesv1.AttachedDocument{}
		for _, extension := range first.GetExtensions() {
			if extension.MessageIs(said) {
				_ = extension.UnmarshalTo(said) // without it the file is named by its digest
			}
		}
		w.Header().Set("Content-Type", oneOf(attachmentTypes, first.GetContentType()))
		w.Header().Set("Content-Disposition", attachment(said.GetFileName(), "/"+request.Sha256))
	})
}

// passBodies answers with what comes, or with why nothing does; `describe` sets the headers by what comes first.
func passBodies(w http.ResponseWriter, r *http.Request, bodies httpBodies, err error, describe func(*httpbody.HttpBody)) {
	if err != nil {
		writeError(w, r, err)
		return
	}
	first, err := bodies.Recv()
	if err != nil {
		writeError(w, r, err)
		return
	}
	describe(first)
	for chunk := first; err == nil; chunk, err = bodies.Recv() {
		if _, err := w.Write(chunk.GetData()); err != nil {
			return
		}
	}
	if !errors.Is(err, io.EOF) {
		abort(r, err)
	}
}

// abort ends a request in the midst of its answer, so that who reads sees that it is not whole.
func abort(r *http.Request, err error) {
	call := callOf(r.Context())
	_, call.reason, _ = statusOf(err, call)
	panic(http.ErrAbortHandler)
}

var noFilter = utilities.NewDoubleArray(nil)

func oneOf(types []string, mediaType string) string {
	if slices.Contains(types, mediaType) {
		return mediaType
	}
	return plainBytesType
}

// attachment returns the header by which a browser saves the bytes, under their own name or the last part of the resource's.
func attachment(fileName, resource string) string {
	if fileName == "" {
		fileName = resource[strings.LastIndexByte(resource, '/')+1:]
	}
	if header := mime.FormatMediaType("attachment", map[string]string{"filename": fileName}); header != "" {
		return header
	}
	return "attachment"
}

type httpBodies = grpc.ServerStreamingClient[httpbody.HttpBody]

// documentContent is a document that is fetched from where it is to be read. It goes forward only: what is before that
// place is fetched and left out.
type documentContent struct {
	size   int64
	offset int64 // of the next byte to be read
	open   func() (httpBodies, error)
	bodies httpBodies
	chunk  []byte // what has come and is not read
	came   int64  // how many bytes have come
	err    error
}

func (c *documentContent) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += c.offset
	case io.SeekEnd:
		offset += c.size
	}
	c.offset = offset
	return offset, nil
}

// begin has the first bytes come.
func (c *documentContent) begin() error {
	if c.bodies == nil {
		if c.bodies, c.err = c.open(); c.err != nil {
			return c.err
		}
	}
	for c.err == nil && len(c.chunk) == 0 {
		var body *httpbody.HttpBody
		if body, c.err = c.bodies.Recv(); c.err == nil {
			c.chunk = body.GetData()
			c.came += int64(len(c.chunk))
		}
	}
	if errors.Is(c.err, io.EOF) && c.came != c.size {
		c.err = fmt.Errorf("a document of %d bytes has %d", c.size, c.came)
	}
	if errors.Is(c.err, io.EOF) {
		c.err = nil
		return io.EOF
	}
	return c.err
}

func (c *documentContent) Read(p []byte) (int, error) {
	for {
		first := c.came - int64(len(c.chunk)) // of what is there
		if skipped := min(c.offset-first, int64(len(c.chunk))); skipped > 0 {
			c.chunk = c.chunk[skipped:]
		}
		if len(c.chunk) > 0 {
			n := copy(p, c.chunk)
			c.chunk = c.chunk[n:]
			c.offset += int64(n)
			return n, nil
		}
		if err := c.begin(); err != nil {
			return 0, err
		}
	}
}
