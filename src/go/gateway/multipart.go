package gateway

import (
	"io"
	"mime"
	"mime/multipart"
	"net/url"

	"google.golang.org/grpc/codes"
)

const (
	mostFormFields  = 8
	longestFormText = 4 << 10
)

var formMalformed = &Fault{Code: codes.InvalidArgument, Reason: "FORM_MALFORMED",
	Text: "the body is no multipart/form-data with short fields first and one file as its last part"}

// documentOfForm returns the file in the form, which is its last part; fields before it add to those of the query.
func documentOfForm(body io.Reader, boundary string, fields url.Values) (*document, error) {
	form := multipart.NewReader(body, boundary)
	for range mostFormFields + 1 {
		part, err := form.NextPart()
		if err != nil {
			return nil, formFault(body)
		}
		name := part.FileName()
		if name == "" && part.FormName() != "file" {
			text, err := io.ReadAll(io.LimitReader(part, longestFormText+1))
			if err != nil || len(text) > longestFormText || part.FormName() == "" {
				return nil, formFault(body)
			}
			fields.Add(part.FormName(), string(text))
			continue
		}
		if name != "" && !fields.Has("file_name") {
			fields.Set("file_name", name)
		}
		mediaType, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil {
			mediaType = ""
		}
		return &document{&lastPart{part, form, body}, mediaType, fields}, nil
	}
	return nil, formMalformed
}

// lastPart ends as the whole form does: what breaks off in it, or is followed by another part, is no document.
type lastPart struct {
	part *multipart.Part
	form *multipart.Reader
	body io.Reader
}

func (p *lastPart) Read(b []byte) (int, error) {
	n, err := p.part.Read(b)
	if err == nil {
		return n, nil
	}
	if err == io.EOF {
		if _, err = p.form.NextPart(); err == io.EOF {
			return n, io.EOF
		}
	}
	return n, formFault(p.body)
}

// formFault returns why the body could not be read where that is so, and else that the form is none.
func formFault(reader io.Reader) *Fault {
	if b, ok := reader.(*body); ok && b.fault != nil {
		return b.fault
	}
	return formMalformed
}
