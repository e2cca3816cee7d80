package gateway

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health/grpc_health_v1"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

// lockedLog holds what is logged, while it is read.
type lockedLog struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// await returns the number behind the text, once that is logged.
func (l *lockedLog) await(t *testing.T, text string) string {
	t.Helper()
	var found []string
	number := regexp.MustCompile(regexp.QuoteMeta(text) + `(\d+)`)
	eventually(t, func() bool {
		found = number.FindStringSubmatch(l.String())
		return found != nil
	})
	return found[1]
}

// eventually fails only where something has not come to be after very long.
func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it has not come to be")
		}
	}
}

func TestRequestsUnderWayEndBeforeTheGatewayDoes(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	f := &fake{getInvoice: func(context.Context, *invoicesv1.GetInvoiceRequest) (*invoicesv1.Invoice, error) {
		close(begun)
		<-end
		return &invoicesv1.Invoice{Name: "whole"}, nil
	}}
	log := &lockedLog{}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	o := optionsBefore(t, serverOf(f))
	go func() { ended <- Run(ctx, o, NewLog(log, "INFO")) }()
	url := "http://127.0.0.1:" + log.await(t, `"port":`)
	answer := make(chan reply)
	go func() { answer <- send(t, "GET", url+invoicePath, "") }()
	<-begun
	stop()
	eventually(t, func() bool { _, err := http.Get(url + "/healthz"); return err != nil }) // no new ones are taken
	close(end)
	if got := <-answer; got.status != 200 || !strings.Contains(got.body, "whole") {
		t.Error(got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	for _, event := range []string{"serving", "draining", "stopped"} {
		if !strings.Contains(log.String(), `"event":"`+event+`"`) {
			t.Error(event, log.String())
		}
	}
}

func TestReadinessIsThatOfTheServices(t *testing.T) {
	server := serverOf(&fake{})
	said := takesCalls()
	for _, name := range []string{"IngestService", "SummarizeService", "QueryService"} {
		said.SetServingStatus("invoices.v1."+name, grpc_health_v1.HealthCheckResponse_SERVING)
	}
	grpc_health_v1.RegisterHealthServer(server, said)
	o := optionsBefore(t, server)
	address, log := running(t, o)
	beside := "http://127.0.0.1:" + log.await(t, `"http_port":`)
	answers := func(status int, text string) bool {
		for _, url := range []string{"http://" + address, beside} {
			if got := send(t, "GET", url+"/readyz", ""); got.status != status || got.body != text {
				return false
			}
		}
		return true
	}
	eventually(t, func() bool { return answers(200, "ok\n") })
	said.SetServingStatus("invoices.v1.QueryService", grpc_health_v1.HealthCheckResponse_NOT_SERVING)
	eventually(t, func() bool { return answers(503, "query does not answer, or is not ready\n") })
	server.Stop()
	eventually(t, func() bool { return answers(503, "ingest does not answer, or is not ready\n") })
	if got := send(t, "GET", "http://"+address+"/healthz", ""); got.status != 200 {
		t.Error("it is alive all the same", got)
	}
	if got := send(t, "GET", beside+"/livez", ""); got.status != 200 {
		t.Error(got)
	}
	if got := send(t, "GET", "http://"+address+"/metrics", ""); got.status != 404 {
		t.Error("metrics are not for clients", got)
	}
}

func TestMetricsCountRequestsAndCalls(t *testing.T) {
	address, log := running(t, optionsBefore(t, serverOf(&fake{getInvoice: unavailable})))
	send(t, "GET", "http://"+address+invoicePath, "")
	send(t, "BREW", "http://"+address+invoicePath, "")
	got := send(t, "GET", "http://127.0.0.1:"+log.await(t, `"http_port":`)+"/metrics", "")
	for _, want := range []string{
		`http_requests_total{method="GET",route="/v1/{name=tenants/*/invoices/*}",status="503"} 1`,
		`http_requests_total{method="OTHER",route="",status="405"} 1`,
		`http_request_duration_seconds_count{method="GET",route="/v1/{name=tenants/*/invoices/*}"} 1`,
		`grpc_client_handled_total{grpc_code="UNAVAILABLE",grpc_method="GetInvoice",grpc_service="invoices.v1.QueryService"} 1`,
		"http_requests_in_flight 0",
		"http_connections ",
	} {
		if !strings.Contains(got.body, want) {
			t.Errorf("%s is not there", want)
		}
	}
}

func TestLogHasAnEventForEachRequestAndNothingOfIt(t *testing.T) {
	address, log := running(t, optionsBefore(t, serverOf(&fake{})))
	send(t, "GET", "http://"+address+"/v1/tenants/acme/invoices?filter=secret", "", "Authorization", "Bearer secret", "X-Request-Id", "r-1")
	send(t, "POST", "http://"+address+invoicePath+":approve", `{"secret":"secret"}`)
	for line := range strings.Lines(log.String()) {
		var event struct {
			Time, Level, Service, Event, Method, Route, Reason string
			RequestID                                          string `json:"request_id"`
			Status                                             int
			Milliseconds                                       float64
		}
		if err := json.Unmarshal([]byte(line), &event); err != nil || event.Time == "" || event.Level == "" || event.Service != "gateway" {
			t.Error(line, err)
		}
		if event.Event == "request_ended" && event.Method == "GET" &&
			(event.RequestID != "r-1" || event.Status != 501 || event.Reason != "METHOD_UNIMPLEMENTED" ||
				event.Route != "/v1/{parent=tenants/*}/invoices" || event.Level != "INFO") {
			t.Error(line)
		}
	}
	if strings.Count(log.String(), "request_ended") != 2 || strings.Contains(log.String(), "ecret") {
		t.Error(log.String())
	}
}

// serverOf returns a server of the fake that does not listen yet.
func serverOf(f *fake, options ...grpc.ServerOption) *grpc.Server {
	server := grpc.NewServer(options...)
	invoicesv1.RegisterIngestServiceServer(server, f)
	invoicesv1.RegisterPageServiceServer(server, f)
	invoicesv1.RegisterQueryServiceServer(server, f)
	invoicesv1.RegisterReviewServiceServer(server, f)
	invoicesv1.RegisterSummarizeServiceServer(server, f)
	invoicesv1.RegisterValidateServiceServer(server, f)
	return server
}

func TestServerThatIsAboutToStopGetsNoMoreCalls(t *testing.T) {
	f := &fake{}
	server := serverOf(f)
	said := takesCalls()
	grpc_health_v1.RegisterHealthServer(server, said)
	url := serveBefore(t, server, nil).URL
	ask := func() int { return send(t, "GET", url+"/v1/tenants/a/invoices/b", "").status }
	eventually(t, func() bool { return ask() == 200 })
	said.SetServingStatus(takingCalls, grpc_health_v1.HealthCheckResponse_NOT_SERVING)
	eventually(t, func() bool { return ask() == 503 })
	f.mu.Lock()
	before := f.calls
	f.mu.Unlock()
	if ask() != 503 || f.calls != before {
		t.Errorf("%d calls reached it, and then %d", before, f.calls)
	}
}

func TestClientsAreAskedToComeOverAnotherConnectionBeforeTheGatewayStops(t *testing.T) {
	log := &lockedLog{}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	o := optionsBefore(t, serverOf(&fake{}))
	o.LeaveSeconds = 3
	go func() { ended <- Run(ctx, o, NewLog(log, "INFO")) }()
	url := "http://127.0.0.1:" + log.await(t, `"port":`) + invoicePath
	last := func() bool {
		answer, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode == 200 && answer.Close
	}
	if last() {
		t.Error("it was asked before the gateway was told to stop")
	}
	stop()
	eventually(t, func() bool { return strings.Contains(log.String(), `"event":"draining"`) })
	eventually(t, last)
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
