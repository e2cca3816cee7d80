package gateway

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"time"

	"cloud.google.com/go/longrunning/autogen/longrunningpb"
	"google.golang.org/protobuf/proto"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

const (
	chunkBytes     = 256 << 10 // of a document on its way; two of them are held at most
	inlineBytes    = 4 << 20   // what ValidateInvoice takes
	multipartRoom  = 64 << 10  // for what stands around the document
	restSeconds    = 5 * time.Second
	uploadTemplate = "/v1/invoices:upload"
	ingestTemplate = "/v1/{parent=tenants/*}/invoices:ingest"
	checkTemplate  = "/v1/invoices:validate"
	formType       = "application/x-www-form-urlencoded"
	multipartType  = "multipart/form-data"
)

// uploads take documents as they are: the body of a request, or a part of one. They are sent on in chunks as they come.
type uploads struct {
	ingest   invoicesv1.IngestServiceClient
	validate invoicesv1.ValidateServiceClient
	limit    int64
}

// document is one on its way in, with what is said of it.
type document struct {
	io.Reader
	mediaType string
	fields    url.Values // parent, file_name, request_id; of a validation language_code and style
}

// isUpload says whether the request brings a document as it is, not in JSON. curl calls a body a form where it is not
// told otherwise, and sends JSON by that.
func isUpload(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind != jsonType && kind != formType && kind != jsonLinesType
}

// takesDocuments says whether the route's body may be a document as it is.
func (r *route) takesDocuments() bool {
	return r.template == uploadTemplate || r.template == ingestTemplate || r.template == checkTemplate
}

// serve answers a request for which isUpload holds.
func (u *uploads) serve(w http.ResponseWriter, r *http.Request, route *route, parameters map[string]string) {
	body := callOf(r.Context()).body
	answer, err := u.taken(r, route, parameters)
	if err == nil {
		writeMessage(w, r, answer)
		return
	}
	// The answer goes first, and then the rest is taken for a while: who is sending may not look for an answer before.
	body.controller.EnableFullDuplex()
	w.Header().Set("Connection", "close")
	writeError(w, r, err)
	body.controller.Flush()
	body.controller.SetReadDeadline(time.Now().Add(restSeconds))
	io.CopyN(io.Discard, body.ReadCloser, u.limit)
}

func (u *uploads) taken(r *http.Request, route *route, parameters map[string]string) (proto.Message, error) {
	body := callOf(r.Context()).body
	var room int64
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == multipartType {
		room = multipartRoom
	}
	if route.template == checkTemplate {
		body.limit(inlineBytes, room)
	} else {
		body.pass(u.limit, room)
	}
	given, err := newDocument(r, body)
	if err != nil {
		return nil, err
	}
	switch route.template {
	case checkTemplate:
		return u.checked(r, given)
	case ingestTemplate:
		given.fields.Set("parent", parameters["parent"])
	}
	return u.sent(r, given)
}

// newDocument returns the document in the body. Of a multipart body, what is before it has been read.
func newDocument(r *http.Request, body io.Reader) (*document, error) {
	mediaType, options, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	fields, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, invalidQuery("", "the query is not encoded as queries are")
	}
	if mediaType == multipartType {
		return documentOfForm(body, options["boundary"], fields)
	}
	return &document{body, mediaType, fields}, nil
}

// only returns a Fault where something is said of the document that is not among these names, or said twice.
func (d *document) only(names ...string) error {
	for name, values := range d.fields {
		if !slices.Contains(names, name) {
			return invalidQuery(name, "the method has no parameter of that name")
		}
		if len(values) > 1 {
			return invalidQuery(name, "the parameter is there more than once")
		}
	}
	return nil
}

// sent sends the document on by UploadInvoice.
func (u *uploads) sent(r *http.Request, d *document) (*longrunningpb.Operation, error) {
	if err := d.only("parent", "file_name", "request_id"); err != nil {
		return nil, err
	}
	header := &invoicesv1.UploadHeader{
		Parent:    d.fields.Get("parent"),
		MediaType: d.mediaType,
		FileName:  d.fields.Get("file_name"),
		RequestId: d.fields.Get("request_id"),
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel() // an upload that breaks off leaves nothing
	stream, err := u.ingest.UploadInvoice(ctx)
	if err != nil {
		return nil, err
	}
	err = stream.Send(&invoicesv1.UploadInvoiceRequest{Part: &invoicesv1.UploadInvoiceRequest_Header{Header: header}})
	chunk := make([]byte, chunkBytes)
	var sent int64
	for err == nil {
		n, readError := d.Read(chunk)
		if sent += int64(n); sent > u.limit {
			return nil, documentTooLarge(u.limit)
		}
		if n > 0 {
			err = stream.Send(&invoicesv1.UploadInvoiceRequest{Part: &invoicesv1.UploadInvoiceRequest_Chunk{Chunk: chunk[:n]}})
		}
		if errors.Is(readError, io.EOF) {
			break
		}
		if readError != nil {
			return nil, readError
		}
	}
	// Where sending failed, the answer says why.
	return stream.CloseAndRecv()
}

// checked has the document validated, which is done in one message.
func (u *uploads) checked(r *http.Request, d *document) (*invoicesv1.ValidateInvoiceResponse, error) {
	if err := d.only("file_name", "language_code", "style"); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(d, inlineBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > inlineBytes {
		return nil, documentTooLarge(inlineBytes)
	}
	request := &invoicesv1.ValidateInvoiceRequest{
		Document:     &invoicesv1.InputDocument{Data: data, MediaType: d.mediaType, FileName: d.fields.Get("file_name")},
		LanguageCode: d.fields.Get("language_code"),
	}
	if style := d.fields.Get("style"); style != "" {
		number, ok := invoicesv1.Summary_Style_value[style]
		if !ok {
			return nil, invalidQuery("style", "there is no such style")
		}
		request.Style = invoicesv1.Summary_Style(number)
	}
	return u.validate.ValidateInvoice(r.Context(), request)
}
