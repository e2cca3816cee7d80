package gateway

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"cloud.google.com/go/longrunning/autogen/longrunningpb"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

func TestMain(m *testing.M) {
	SilenceLibraries()
	os.Exit(m.Run())
}

// fake is the three processes in one. A test sets what a method does.
type fake struct {
	invoicesv1.UnimplementedIngestServiceServer
	invoicesv1.UnimplementedPageServiceServer
	invoicesv1.UnimplementedQueryServiceServer
	invoicesv1.UnimplementedReviewServiceServer
	invoicesv1.UnimplementedSummarizeServiceServer
	invoicesv1.UnimplementedValidateServiceServer

	getInvoice func(context.Context, *invoicesv1.GetInvoiceRequest) (*invoicesv1.Invoice, error)
	reprocess  func()
	approve    codes.Code // with which ApproveInvoice fails; Unavailable where there is none
	summarize  func(invoicesv1.SummarizeService_StreamSummaryServer) error
	upload     func(invoicesv1.IngestService_UploadInvoiceServer) error
	document   func(invoicesv1.QueryService_GetDocumentServer) error
	attachment func(*invoicesv1.GetAttachmentRequest, invoicesv1.PageService_GetAttachmentServer) error

	mu       sync.Mutex
	metadata metadata.MD // of the last call
	calls    int
}

// takesCalls is the health of a server that is not about to stop.
func takesCalls() *health.Server {
	said := health.NewServer()
	said.SetServingStatus(takingCalls, grpc_health_v1.HealthCheckResponse_SERVING)
	return said
}

func (f *fake) called(ctx context.Context) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.metadata, _ = metadata.FromIncomingContext(ctx)
	f.calls++
}

func (f *fake) GetInvoice(ctx context.Context, r *invoicesv1.GetInvoiceRequest) (*invoicesv1.Invoice, error) {
	f.called(ctx)
	if f.getInvoice != nil {
		return f.getInvoice(ctx, r)
	}
	return &invoicesv1.Invoice{Name: r.GetName()}, nil
}

func (f *fake) ReprocessInvoice(ctx context.Context, r *invoicesv1.ReprocessInvoiceRequest) (*longrunningpb.Operation, error) {
	f.called(ctx)
	if f.reprocess != nil {
		f.reprocess()
	}
	return &longrunningpb.Operation{Name: r.GetRequestId()}, nil
}

func (f *fake) ApproveInvoice(ctx context.Context, r *invoicesv1.ApproveInvoiceRequest) (*invoicesv1.Invoice, error) {
	f.called(ctx)
	code := f.approve
	if code == codes.OK {
		code = codes.Unavailable
	}
	return nil, status.Error(code, "")
}

func (f *fake) StreamSummary(_ *invoicesv1.StreamSummaryRequest, stream invoicesv1.SummarizeService_StreamSummaryServer) error {
	f.called(stream.Context())
	return f.summarize(stream)
}

func (f *fake) UploadInvoice(stream invoicesv1.IngestService_UploadInvoiceServer) error {
	f.called(stream.Context())
	return f.upload(stream)
}

func (f *fake) GetDocument(_ *invoicesv1.GetDocumentRequest, stream invoicesv1.QueryService_GetDocumentServer) error {
	f.called(stream.Context())
	return f.document(stream)
}

func (f *fake) GetAttachment(r *invoicesv1.GetAttachmentRequest, stream invoicesv1.PageService_GetAttachmentServer) error {
	f.called(stream.Context())
	return f.attachment(r, stream)
}

func unavailable(context.Context, *invoicesv1.GetInvoiceRequest) (*invoicesv1.Invoice, error) {
	return nil, status.Error(codes.Unavailable, "")
}

// serve returns the address of the gateway before the fake.
func serve(t *testing.T, f *fake, change func(*Options)) string {
	t.Helper()
	return serveBefore(t, serverOf(f), change).URL
}

// serveAnything returns the address of a gateway before services all of whose methods do this.
func serveAnything(t *testing.T, handler grpc.StreamHandler) string {
	server := grpc.NewServer(grpc.UnknownServiceHandler(handler))
	grpc_health_v1.RegisterHealthServer(server, takesCalls())
	return serveBefore(t, server, nil).URL
}

// optionsBefore returns the options of a gateway before a server that listens now.
func optionsBefore(t *testing.T, server *grpc.Server) Options {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	o := Defaults()
	o.LeaveSeconds = 0
	o.IngestAddress = listener.Addr().String()
	o.SummarizeAddress, o.QueryAddress = o.IngestAddress, o.IngestAddress
	return o
}

func serveBefore(t *testing.T, server *grpc.Server, change func(*Options)) *httptest.Server {
	t.Helper()
	o := optionsBefore(t, server)
	if change != nil {
		change(&o)
	}
	metrics, log := newMetrics(), NewLog(io.Discard, "INFO")
	to, err := dial(o, metrics, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(to.close)
	handler, err := newHandler(t.Context(), o, to, metrics, newReadiness(to.problem, log), log)
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewUnstartedServer(handler)
	front.Config = newServer(o, handler)
	newConnections(o.MaxConnections, metrics.connections).of(front.Config)
	front.Start()
	t.Cleanup(front.Close)
	return front
}

type reply struct {
	status int
	header http.Header
	body   string
}

// send sends a request; headers are pairs of names and values.
func send(t *testing.T, method, url, body string, headers ...string) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Add(headers[i], headers[i+1])
	}
	return do(t, request)
}

func do(t *testing.T, request *http.Request) reply {
	t.Helper()
	client := &http.Client{Timeout: 30 * time.Second}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, string(body)}
}

// reason returns that of the error that the reply is.
func (r reply) reason(t *testing.T) string {
	t.Helper()
	var said spb.Status
	if err := protojson.Unmarshal([]byte(r.body), &said); err != nil {
		t.Fatalf("%d is no google.rpc.Status: %q", r.status, r.body)
	}
	for _, detail := range status.FromProto(&said).Details() {
		if info, ok := detail.(*errdetails.ErrorInfo); ok {
			return info.GetReason()
		}
	}
	t.Fatalf("%d has no ErrorInfo: %q", r.status, r.body)
	return ""
}
