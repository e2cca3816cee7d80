package gateway

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"
	"google.golang.org/protobuf/types/known/durationpb"
)

const (
	errorDomain       = "invoicesummarizer.com"
	retryAfterSeconds = 1
)

// Fault is why the gateway itself refuses a request. Its reason is stable; its text quotes nothing of the request but
// names.
type Fault struct {
	HTTPStatus int // 0 where it is that of the code
	Code       codes.Code
	Reason     string
	Text       string
	Metadata   map[string]string
}

func (f *Fault) Error() string { return f.Text }

// What callers read where there is no more to say. Which machine did not answer is no business of theirs.
var (
	upstreamDown = &Fault{Code: codes.Unavailable, Reason: "UPSTREAM_UNAVAILABLE",
		Text: "a service that is needed does not answer; trying again may help"}
	tooLate = &Fault{Code: codes.DeadlineExceeded, Reason: "DEADLINE_EXCEEDED",
		Text: "the call was not answered within its deadline"}
	callGivenUp = &Fault{Code: codes.Canceled, Reason: "CALL_CANCELLED", Text: "the caller gave the call up"}
	notServed   = &Fault{Code: codes.Unimplemented, Reason: "METHOD_UNIMPLEMENTED", Text: "the method is not served"}
	crashed     = &Fault{Code: codes.Internal, Reason: "INTERNAL", Text: "an internal error occurred"}
)

// Statuses of HTTP that say more than that of the code.
var httpStatusOfReason = map[string]int{
	"DOCUMENT_TOO_LARGE": http.StatusRequestEntityTooLarge,
	"REQUEST_TOO_LARGE":  http.StatusRequestEntityTooLarge,
	"METADATA_TOO_LARGE": http.StatusRequestHeaderFieldsTooLarge,
	"STREAM_TOO_SLOW":    http.StatusRequestTimeout,
}

// statusOf returns what a caller is told of the error: what a service has said with a reason goes through as it is.
func statusOf(err error, call *call) (httpStatus int, reason string, answer *status.Status) {
	var fault *Fault
	if errors.As(err, &fault) {
		return fault.status(call.id)
	}
	said, ok := status.FromError(err)
	if !ok {
		return crashed.status(call.id)
	}
	for _, detail := range said.Details() {
		if info, ok := detail.(*errdetails.ErrorInfo); ok {
			return httpStatusOf(said.Code(), info.GetReason()), info.GetReason(), said
		}
	}
	if fault = call.fault(); fault != nil {
		return fault.status(call.id) // of the body, which the generated code has made a text of
	}
	switch said.Code() {
	case codes.Unavailable:
		return upstreamDown.status(call.id)
	case codes.DeadlineExceeded:
		return tooLate.status(call.id)
	case codes.Canceled:
		if call.caller.Err() == nil { // a server that stops ends so what reaches it in that moment
			return upstreamDown.status(call.id)
		}
		return callGivenUp.status(call.id)
	case codes.Unimplemented:
		return notServed.status(call.id)
	case codes.InvalidArgument:
		// Of the path or the query: what we read of bodies has a fault, and what services say a reason.
		return ofQuery(said.Message()).status(call.id)
	case codes.ResourceExhausted:
		if !strings.Contains(said.Message(), "received message larger") { // of an answer, which would be a fault of ours
			return requestTooLarge.status(call.id)
		}
	}
	return crashed.status(call.id)
}

func (f *Fault) status(requestID string) (int, string, *status.Status) {
	details := []protoadapt.MessageV1{
		&errdetails.ErrorInfo{Reason: f.Reason, Domain: errorDomain, Metadata: f.Metadata},
	}
	if f.Code == codes.Unavailable || f.Code == codes.ResourceExhausted {
		details = append(details, &errdetails.RetryInfo{RetryDelay: &durationpb.Duration{Seconds: retryAfterSeconds}})
	}
	details = append(details, &errdetails.RequestInfo{RequestId: requestID})
	answer, err := status.New(f.Code, f.Text).WithDetails(details...)
	if err != nil {
		panic(err) // the code is OK, or a detail is no message
	}
	if f.HTTPStatus != 0 {
		return f.HTTPStatus, f.Reason, answer
	}
	return httpStatusOf(f.Code, f.Reason), f.Reason, answer
}

func httpStatusOf(code codes.Code, reason string) int {
	if known, ok := httpStatusOfReason[reason]; ok {
		return known
	}
	return runtime.HTTPStatusFromCode(code)
}

// writeError answers with the google.rpc.Status of the error as JSON.
func writeError(w http.ResponseWriter, r *http.Request, err error) {
	call := callOf(r.Context())
	httpStatus, reason, answer := statusOf(err, call)
	call.reason = reason
	header := w.Header()
	for _, name := range []string{
		"Transfer-Encoding", "Trailer", "Content-Length", "Content-Disposition", "ETag", "Accept-Ranges", "Content-Range",
	} {
		header.Del(name)
	}
	header.Set("Content-Type", jsonType)
	header.Set("Cache-Control", "no-store")
	if httpStatus == http.StatusUnauthorized {
		header.Set("WWW-Authenticate", "Bearer")
	}
	for _, detail := range answer.Details() {
		if retry, ok := detail.(*errdetails.RetryInfo); ok {
			header.Set("Retry-After", strconv.FormatInt(max(1, retry.GetRetryDelay().GetSeconds()), 10))
		}
	}
	body, err := marshalOptions.Marshal(answer.Proto())
	if err != nil { // a detail of a type that this version does not know
		body, _ = marshalOptions.Marshal(status.New(answer.Code(), answer.Message()).Proto())
	}
	w.WriteHeader(httpStatus)
	w.Write(body)
}

// writeMessage answers with the message as JSON.
func writeMessage(w http.ResponseWriter, r *http.Request, message proto.Message) {
	body, err := marshalOptions.Marshal(message)
	if err != nil {
		writeError(w, r, err)
		return
	}
	w.Header().Set("Content-Type", jsonType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
}

// handleError is what grpc-gateway calls.
func handleError(_ context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, r *http.Request, err error) {
	writeError(w, r, err)
}
