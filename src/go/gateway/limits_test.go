package gateway

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

func TestSlowHeadersEndTheConnection(t *testing.T) {
	front := serve(t, &fake{}, func(o *Options) { o.HeaderSeconds = 0.1 })
	conn := dialed(t, front)
	io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-")
	if rest, err := io.ReadAll(conn); err != nil || len(rest) > 0 && !strings.HasPrefix(string(rest), "HTTP/1.1 4") {
		t.Fatal(string(rest), err)
	}
}

func TestBodyThatStandsStillIsRefused(t *testing.T) {
	front := serve(t, &fake{}, func(o *Options) { o.StallSeconds = 0.1 })
	for _, contentType := range []string{jsonType, "application/pdf"} {
		conn := dialed(t, front)
		fmt.Fprintf(conn, "POST /v1/invoices:validate HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: 10\r\n\r\n{", contentType)
		if got := answered(t, conn); got.StatusCode != http.StatusRequestTimeout {
			t.Error(contentType, got.Status)
		}
	}
}

func TestJSONThatComesInDribletsForEverIsRefused(t *testing.T) {
	front := serve(t, &fake{}, func(o *Options) { o.CallSeconds = 0.3 })
	conn := dialed(t, front)
	io.WriteString(conn, "POST /v1/invoices:validate HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
	go func() {
		for {
			if _, err := io.WriteString(conn, "1\r\n \r\n"); err != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	if got := answered(t, conn); got.StatusCode != http.StatusRequestTimeout {
		t.Error(got.Status)
	}
}

func TestReaderWhoTakesNothingIsLeft(t *testing.T) {
	sending := make(chan error, 1)
	front := serve(t, &fake{summarize: func(stream invoicesv1.SummarizeService_StreamSummaryServer) error {
		for {
			if err := stream.Send(segment(strings.Repeat("x", 1<<20))); err != nil {
				sending <- err
				return err
			}
		}
	}}, func(o *Options) { o.StallSeconds = 0.2 })
	conn := dialed(t, front)
	io.WriteString(conn, "POST "+invoicePath+":streamSummary HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
	if err := <-sending; err == nil {
		t.Error("it goes on")
	}
}

func TestHeadersThatAreLargeAreRefused(t *testing.T) {
	front := serve(t, &fake{}, func(o *Options) { o.HeaderBytes = 4096 })
	if got := send(t, "GET", front+"/healthz", "", "X-A", strings.Repeat("a", 20_000)); got.status != http.StatusRequestHeaderFieldsTooLarge {
		t.Error(got.status)
	}
	if got := send(t, "GET", front+"/healthz?"+strings.Repeat("a", 20_000), ""); got.status != http.StatusRequestHeaderFieldsTooLarge {
		t.Error(got.status)
	}
}

func TestRequestsBeyondTheLimitAreRefusedAtOnce(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	f := &fake{getInvoice: func(ctx context.Context, r *invoicesv1.GetInvoiceRequest) (*invoicesv1.Invoice, error) {
		begun <- struct{}{}
		<-end
		return &invoicesv1.Invoice{}, nil
	}}
	front := serve(t, f, func(o *Options) { o.MaxRequests = 2 })
	var under sync.WaitGroup
	for range 2 {
		under.Go(func() { send(t, "GET", front+invoicePath, "") })
		<-begun
	}
	got := send(t, "GET", front+invoicePath, "")
	if got.status != 429 || got.reason(t) != "TOO_MANY_CALLS" || got.header.Get("Retry-After") != "1" {
		t.Error(got)
	}
	if got := send(t, "GET", front+"/healthz", ""); got.status != 200 {
		t.Error("probes have no limit", got)
	}
	close(end)
	under.Wait()
	go func() { <-begun }()
	if got := send(t, "GET", front+invoicePath, ""); got.status != 200 {
		t.Error(got)
	}
}

func TestIdleConnectionsKeepNobodyOut(t *testing.T) {
	front := serve(t, &fake{}, func(o *Options) { o.MaxConnections = 10 })
	first := dialed(t, front)
	io.WriteString(first, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	answered(t, first)
	for range 200 {
		dialed(t, front)
	}
	if got := send(t, "GET", front+invoicePath, ""); got.status != 200 {
		t.Fatal(got)
	}
	first.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := bufio.NewReader(first).ReadByte(); err != io.EOF {
		t.Error("the one that was idle for longest is still there", err)
	}
}

func TestConnectionsThatSendTheirHeadersInDribletsKeepNobodyOut(t *testing.T) {
	front := serve(t, &fake{}, func(o *Options) { o.MaxConnections, o.HeaderSeconds = 10, 300 })
	for range 50 {
		io.WriteString(dialed(t, front), "GET "+invoicePath+" HTTP/1.1\r\nHost: x\r\nX-")
	}
	for range 20 {
		if got := send(t, "GET", front+invoicePath, ""); got.status != 200 {
			t.Fatal(got)
		}
	}
}

func TestConnectionWithARequestStaysWhereOthersAreIdle(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	f := &fake{getInvoice: func(context.Context, *invoicesv1.GetInvoiceRequest) (*invoicesv1.Invoice, error) {
		close(begun)
		<-end
		return &invoicesv1.Invoice{Name: "whole"}, nil
	}}
	front := serve(t, f, func(o *Options) { o.MaxConnections = 5 })
	answer := make(chan reply)
	go func() { answer <- send(t, "GET", front+invoicePath, "") }()
	<-begun
	for range 50 {
		dialed(t, front)
	}
	close(end)
	if got := <-answer; got.status != 200 || !strings.Contains(got.body, "whole") {
		t.Fatal(got)
	}
}

func TestCrashIsAnAnswerWithoutItsText(t *testing.T) {
	var log strings.Builder
	metrics := newMetrics()
	crash := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret") })
	e := &edge{held: newHeldBytes(1), options: Defaults(), metrics: metrics, log: NewLog(&log, "INFO"), next: within(1, crash)}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := newServer(Defaults(), e)
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	for range 3 { // the room is given back
		got := send(t, "GET", "http://"+listener.Addr().String()+"/x", "")
		if got.status != 500 || got.reason(t) != "INTERNAL" || strings.Contains(got.body+log.String(), "secret") {
			t.Error(got, log.String())
		}
	}
	if !strings.Contains(log.String(), `"event":"request_crashed"`) || !strings.Contains(log.String(), "TestCrashIsAnAnswer") {
		t.Error(log.String())
	}
}

func TestPagesOfOriginsThatAreNamedMayCall(t *testing.T) {
	f := &fake{}
	front := serve(t, f, func(o *Options) { o.CORSOrigins = []string{"https://a.example"} })
	preflight := func(origin string) reply {
		return send(t, "OPTIONS", front+invoicePath+":approve", "", "Origin", origin,
			"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type")
	}
	if got := preflight("https://a.example"); got.status >= 300 || got.header.Get("Access-Control-Allow-Origin") != "https://a.example" {
		t.Error(got)
	}
	if got := preflight("https://b.example"); got.header.Get("Access-Control-Allow-Origin") != "" {
		t.Error(got)
	}
	got := send(t, "GET", front+invoicePath, "", "Origin", "https://a.example")
	if got.status != 200 || got.header.Get("Access-Control-Allow-Origin") != "https://a.example" ||
		!strings.Contains(got.header.Get("Access-Control-Expose-Headers"), "X-Request-Id") ||
		got.header.Get("Access-Control-Allow-Credentials") != "" {
		t.Error(got)
	}
	for path, headers := range map[string][]string{
		"/v1/tenants/a%2Fb/invoices": nil,
		invoicePath + "/none":        nil,
		invoicePath:                  {"Idempotency-Key", "a", "Idempotency-Key", "b"},
	} {
		got = send(t, "GET", front+path, "", append(headers, "Origin", "https://a.example")...)
		if got.status < 400 || got.header.Get("Access-Control-Allow-Origin") != "https://a.example" {
			t.Error("a page cannot read why it was refused", path, got)
		}
	}
	got = send(t, "OPTIONS", serve(t, f, nil)+invoicePath, "", "Origin", "https://a.example", "Access-Control-Request-Method", "GET")
	if got.status != 405 || got.header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("without the setting, none may", got)
	}
}

func TestCallOfAClientWhoGoesAwayIsCancelled(t *testing.T) {
	begun, cancelled := make(chan struct{}), make(chan struct{})
	f := &fake{getInvoice: func(ctx context.Context, _ *invoicesv1.GetInvoiceRequest) (*invoicesv1.Invoice, error) {
		close(begun)
		<-ctx.Done()
		close(cancelled)
		return nil, ctx.Err()
	}}
	conn := dialed(t, serve(t, f, nil))
	io.WriteString(conn, "GET "+invoicePath+" HTTP/1.1\r\nHost: x\r\n\r\n")
	<-begun
	conn.Close()
	<-cancelled
}

func TestBodiesThatAreHeldHaveALimitTogether(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	f := &fake{reprocess: func() {
		begun <- struct{}{}
		<-end
	}}
	front := serve(t, f, func(o *Options) { o.MaxHeldBytes = 100_000 })
	path := front + invoicePath + ":reprocess"
	large := strings.Repeat(" ", 90_000) + "{}"
	var under sync.WaitGroup
	under.Go(func() { send(t, "POST", path, large) })
	<-begun
	got := send(t, "POST", path, large)
	if got.status != 429 || got.reason(t) != "TOO_MANY_BODY_BYTES" || got.header.Get("Retry-After") != "1" {
		t.Error(got)
	}
	for range 3 {
		under.Go(func() {
			if got := send(t, "POST", path, "{}"); got.status != 200 {
				t.Error("small ones pass", got)
			}
		})
		<-begun
	}
	close(end)
	under.Wait()
	go func() { <-begun }()
	if got := send(t, "POST", path, large); got.status != 200 {
		t.Error("room is given back", got)
	}
}
