package gateway

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	_ "google.golang.org/genproto/googleapis/rpc/errdetails" // details of errors are of its types
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

// Of a stream of messages, with a chunk of a document as base64.
const longestLine = 1 << 20

const jsonType = "application/json"

// Field paths, filters and JSON have one name for a field: that of the protos.
var marshalOptions = protojson.MarshalOptions{UseProtoNames: true}

// jsonMarshaler takes bodies that are wholly one message of JSON without a field that is not known.
type jsonMarshaler struct{ runtime.JSONPb }

func newJSONMarshaler() *jsonMarshaler {
	return &jsonMarshaler{runtime.JSONPb{MarshalOptions: marshalOptions}}
}

func (m *jsonMarshaler) ContentType(any) string { return jsonType }

// NewDecoder decodes all that the reader has, or of a stream of messages the next line; io.EOF where there is no more.
func (m *jsonMarshaler) NewDecoder(r io.Reader) runtime.Decoder {
	var lines *bufio.Reader
	return runtime.DecoderFunc(func(target any) error {
		var data []byte
		var err error
		if _, ok := target.(*invoicesv1.UploadInvoiceRequest); ok {
			if lines == nil {
				lines = bufio.NewReader(r)
			}
			data, err = nextLine(lines)
		} else {
			data, err = io.ReadAll(r)
		}
		if err != nil {
			return err
		}
		if len(bytes.TrimSpace(data)) == 0 {
			return io.EOF
		}
		if err := protojson.Unmarshal(data, messageAt(target)); err != nil {
			fault := malformed(err)
			if b, ok := r.(*body); ok {
				b.fault = fault
			}
			return fault
		}
		return nil
	})
}

// nextLine returns the next line that is not empty, without its end; io.EOF where there is none.
func nextLine(lines *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		piece, err := lines.ReadSlice('\n')
		line = append(line, piece...)
		switch {
		case len(line) > longestLine:
			return nil, requestTooLarge
		case errors.Is(err, bufio.ErrBufferFull):
		case err == nil && len(bytes.TrimSpace(line)) == 0:
			line = line[:0]
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil, io.EOF
		case err == nil || errors.Is(err, io.EOF):
			return line, nil
		default:
			return nil, err
		}
	}
}

// messageAt returns the message that the target is, or the one that it now points to.
func messageAt(target any) proto.Message {
	if message, ok := target.(proto.Message); ok {
		return message
	}
	pointer := reflect.ValueOf(target).Elem()
	pointer.Set(reflect.New(pointer.Type().Elem()))
	return pointer.Interface().(proto.Message)
}

var (
	jsonPlaces    = regexp.MustCompile(`\(line (\d+):(\d+)\)`)
	unknownFields = regexp.MustCompile(`unknown field "(\w{1,100})"`)
	// A caller is told names only that are as names are.
	parameterNames = regexp.MustCompile(`^[\w.]{1,100}$`)
)

// malformed returns what a caller is told of JSON that is none of the method's: where, and no value of it.
func malformed(err error) *Fault {
	fault := &Fault{Code: codes.InvalidArgument, Reason: "REQUEST_MALFORMED",
		Text: "the body is not the JSON that the method expects", Metadata: map[string]string{}}
	if field := unknownFields.FindStringSubmatch(err.Error()); field != nil {
		fault.Reason, fault.Text = "UNKNOWN_JSON_FIELD", "the method has no field "+field[1]
		fault.Metadata["field"] = field[1]
	}
	if place := jsonPlaces.FindStringSubmatch(err.Error()); place != nil {
		fault.Metadata["line"], fault.Metadata["column"] = place[1], place[2]
		fault.Text = fmt.Sprintf("%s (line %s, column %s)", fault.Text, place[1], place[2])
	}
	return fault
}
