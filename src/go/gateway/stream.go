package gateway

import (
	"context"
	"errors"
	"io"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

// awaitFirstAnswer is an interceptor by which a stream that fails before its first message fails as any other call does:
// with the status of its error. The generated handlers would have answered 200 by then.
func awaitFirstAnswer(ctx context.Context, description *grpc.StreamDesc, conn *grpc.ClientConn, method string, open grpc.Streamer, options ...grpc.CallOption) (grpc.ClientStream, error) {
	stream, err := open(ctx, description, conn, method, options...)
	if err != nil || !description.ServerStreams {
		return stream, err
	}
	first, err := emptyAnswer(method)
	if err != nil {
		return nil, err
	}
	return &awaitedStream{ClientStream: stream, first: first}, nil
}

// awaitedStream has its first message when it has its headers.
type awaitedStream struct {
	grpc.ClientStream
	first proto.Message
	err   error // of receiving it
	state int
}

const (
	notAwaited = iota
	awaited
	handedOn
)

func (s *awaitedStream) Header() (metadata.MD, error) {
	s.await()
	if s.err != nil && !errors.Is(s.err, io.EOF) {
		return nil, s.err
	}
	return s.ClientStream.Header()
}

func (s *awaitedStream) RecvMsg(target any) error {
	if s.state == handedOn {
		return s.ClientStream.RecvMsg(target)
	}
	s.await()
	s.state = handedOn
	if s.err == nil {
		proto.Merge(target.(proto.Message), s.first)
	}
	return s.err
}

func (s *awaitedStream) await() {
	if s.state == notAwaited {
		s.err = s.ClientStream.RecvMsg(s.first)
		s.state = awaited
	}
}

// emptyAnswer returns a new message of the type that the method (`/package.Service/Method`) answers with.
func emptyAnswer(method string) (proto.Message, error) {
	name := protoreflect.FullName(strings.ReplaceAll(strings.TrimPrefix(method, "/"), "/", "."))
	found, err := protoregistry.GlobalFiles.FindDescriptorByName(name)
	if err != nil {
		return nil, err
	}
	answer, err := protoregistry.GlobalTypes.FindMessageByName(found.(protoreflect.MethodDescriptor).Output().FullName())
	if err != nil {
		return nil, err
	}
	return answer.New().Interface(), nil
}
