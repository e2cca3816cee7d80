package gateway

import (
	"context"
	"net/http"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

const idempotencyHeader = "Idempotency-Key"

var (
	keyNotTaken = &Fault{Code: codes.InvalidArgument, Reason: "IDEMPOTENCY_KEY_NOT_TAKEN",
		Text: "the method has no request id that an Idempotency-Key could be"}
	keyAmbiguous = &Fault{Code: codes.InvalidArgument, Reason: "IDEMPOTENCY_KEY_AMBIGUOUS",
		Text: "the Idempotency-Key is there more than once, or is not the request_id of the body"}
)

// takeIdempotencyKey keeps the header with the call. It returns a Fault where there are several that differ.
func takeIdempotencyKey(r *http.Request) error {
	values := r.Header.Values(idempotencyHeader)
	if len(values) > 1 {
		return keyAmbiguous
	}
	if r.Method != http.MethodGet && len(values) == 1 {
		callOf(r.Context()).idempotencyKey = values[0]
	}
	return nil
}

// nameRequest gives the request the key as its request_id (AIP-155).
func nameRequest(request any, key string) error {
	message, ok := request.(proto.Message)
	if !ok {
		return keyNotTaken
	}
	reflected := message.ProtoReflect()
	field := reflected.Descriptor().Fields().ByName("request_id")
	if field == nil || field.Kind() != protoreflect.StringKind {
		return keyNotTaken
	}
	if given := reflected.Get(field).String(); given != "" && given != key {
		return keyAmbiguous
	}
	reflected.Set(field, protoreflect.ValueOfString(key))
	return nil
}

// nameUnaryRequest is an interceptor of calls that a request of a client has led to.
func nameUnaryRequest(ctx context.Context, method string, request, reply any, conn *grpc.ClientConn, invoke grpc.UnaryInvoker, options ...grpc.CallOption) error {
	if call, ok := ctx.Value(callKey{}).(*call); ok && call.idempotencyKey != "" {
		if err := nameRequest(request, call.idempotencyKey); err != nil {
			return err
		}
	}
	return invoke(ctx, method, request, reply, conn, options...)
}

// nameUpload is one of uploads, whose first message is what has the id.
func nameUpload(ctx context.Context, description *grpc.StreamDesc, conn *grpc.ClientConn, method string, open grpc.Streamer, options ...grpc.CallOption) (grpc.ClientStream, error) {
	stream, err := open(ctx, description, conn, method, options...)
	call, ok := ctx.Value(callKey{}).(*call)
	if err != nil || !ok || call.idempotencyKey == "" {
		return stream, err
	}
	if !description.ClientStreams {
		return nil, keyNotTaken
	}
	return &namedUpload{stream, call.idempotencyKey}, nil
}

type namedUpload struct {
	grpc.ClientStream
	key string
}

func (u *namedUpload) SendMsg(message any) error {
	if upload, ok := message.(*invoicesv1.UploadInvoiceRequest); ok && upload.GetHeader() != nil {
		if err := nameRequest(upload.GetHeader(), u.key); err != nil {
			return err
		}
	}
	return u.ClientStream.SendMsg(message)
}
