// Package gateway serves the gRPC API as JSON over HTTP.
package gateway

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// More that a client begins on one connection of HTTP/2, and those that it resets, wait or end the connection.
const streamsOfConnection = 100

const textType = "text/plain; charset=utf-8"

// Run serves until the context ends, and then lets requests under way end within the grace. It returns Problems where
// an option names what cannot be used.
func Run(ctx context.Context, o Options, log *slog.Logger) error {
	metrics := newMetrics()
	upstreams, err := dial(o, metrics, log)
	if err != nil {
		return err
	}
	defer upstreams.close()
	ready := newReadiness(upstreams.problem, log)
	// Requests under way go on when the context has ended.
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	handler, err := newHandler(serving, o, upstreams, metrics, ready, log)
	if err != nil {
		return err
	}
	api, err := listen("INVOICES_GATEWAY", o.Host, o.Port)
	if err != nil {
		return err
	}
	defer api.Close()
	beside, err := listen("INVOICES_HTTP", o.HTTPHost, o.HTTPPort)
	if err != nil {
		return err
	}
	defer beside.Close()
	var leaving atomic.Bool
	front, other := newServer(o, lastOfConnection(&leaving, handler)), newServer(o, besideHandler(metrics, ready))
	newConnections(o.MaxConnections, metrics.connections).of(front)
	if o.TLS() {
		if front.TLSConfig, err = clientTLS(o, metrics, log); err != nil {
			return err
		}
		api = tls.NewListener(api, front.TLSConfig)
	}
	servers := []*http.Server{front, other}
	ended := make(chan error, len(servers))
	for i, listener := range []net.Listener{api, beside} {
		go func() { ended <- servers[i].Serve(listener) }()
	}
	log.Info("serving", "host", o.Host, "port", portOf(api), "http_port", portOf(beside))
	go ready.watch(ctx)
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	log.Info("draining")
	leaving.Store(true)
	time.Sleep(seconds(o.LeaveSeconds))
	grace, cancel := context.WithTimeout(serving, seconds(o.GraceSeconds))
	defer cancel()
	for _, server := range servers {
		if err := server.Shutdown(grace); err != nil {
			server.Close()
		}
	}
	log.Info("stopped")
	return nil
}

// lastOfConnection answers, while we are leaving, as the last thing on a connection: a client that calls all the time goes
// elsewhere before its connection ends, and loses no request.
func lastOfConnection(leaving *atomic.Bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if leaving.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}

func newServer(o Options, handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: seconds(o.HeaderSeconds),
		IdleTimeout:       seconds(o.IdleSeconds),
		MaxHeaderBytes:    o.HeaderBytes,
		HTTP2:             &http.HTTP2Config{MaxConcurrentStreams: streamsOfConnection},
		ErrorLog:          slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), // it names addresses of clients
	}
}

// newHandler returns the whole of what clients reach.
func newHandler(ctx context.Context, o Options, to *upstreams, metrics *metrics, ready *readiness, log *slog.Logger) (http.Handler, error) {
	routes, err := newRoutes(ctx, o, to)
	if err != nil {
		return nil, err
	}
	own := map[string]http.Handler{
		"/healthz":      alive,
		"/readyz":       ready,
		"/openapi.json": page(jsonType, description),
	}
	maps.Copy(own, docsPages())
	api := within(o.MaxRequests, routes)
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, ok := own[r.URL.Path]
		if !ok {
			api.ServeHTTP(w, r)
			return
		}
		callOf(r.Context()).route = r.URL.Path
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			writeError(w, r, noSuchVerb)
			return
		}
		handler.ServeHTTP(w, r)
	})
	// What is refused before anything else is refused to pages of other origins too, in words that they can read.
	return &edge{
		options: o, metrics: metrics, log: log, held: newHeldBytes(o.MaxHeldBytes),
		next: withCORS(o.CORSOrigins, admitted(next)),
	}, nil
}

// besideHandler is that of the HTTP port that every process has.
func besideHandler(metrics *metrics, ready *readiness) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /livez", alive)
	mux.Handle("GET /healthz", alive)
	mux.Handle("GET /readyz", ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics.registry, promhttp.HandlerOpts{}))
	return mux
}

var alive = page(textType, []byte("ok\n"))

func page(contentType string, content []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Content-Length", strconv.Itoa(len(content)))
		w.Write(content)
	})
}

func (r *readiness) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", textType)
	problem := r.problem()
	if problem != "" {
		w.WriteHeader(http.StatusServiceUnavailable)
		io.WriteString(w, problem+"\n")
		return
	}
	io.WriteString(w, "ok\n")
}

// listen returns a listener, or Problems with the host or the port of the group.
func listen(group, host string, port int) (net.Listener, error) {
	bare := host
	if len(host) > 1 && host[0] == '[' {
		bare = host[1 : len(host)-1]
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(bare, strconv.Itoa(port)))
	if err == nil {
		return listener, nil
	}
	var problems Problems
	var unknown *net.DNSError
	if errors.As(err, &unknown) {
		problems.add(group+"__HOST", "is no address and no known name")
	} else {
		problems.add(group+"__PORT", "cannot listen there: "+cause(err))
	}
	return nil, problems
}

// cause returns what the system says, without the address.
func cause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}

func portOf(listener net.Listener) int { return listener.Addr().(*net.TCPAddr).Port }
