package gateway

import (
	"context"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/grpc"
	"google.golang.org/grpc/status"
)

var durationBuckets = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60}

// metrics are those of one gateway, in a registry of their own.
type metrics struct {
	registry    *prometheus.Registry
	requests    *prometheus.CounterVec
	seconds     *prometheus.HistogramVec
	inFlight    prometheus.Gauge
	connections prometheus.Gauge
	calls       *prometheus.CounterVec
	expiries    *expiries
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "http_requests_total", Help: "Requests that have ended, by the status of their answer.",
		}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "http_request_duration_seconds", Help: "How long requests took.", Buckets: durationBuckets,
		}, []string{"route", "method"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "http_requests_in_flight", Help: "Requests under way.",
		}),
		connections: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "http_connections", Help: "Connections of clients.",
		}),
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "grpc_client_handled_total", Help: "Calls of the gateway that have ended, by their status code.",
		}, []string{"grpc_service", "grpc_method", "grpc_code"}),
		expiries: newExpiries(),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.inFlight, m.connections, m.calls, m.expiries)
	return m
}

func (m *metrics) requestEnded(route, method, status string, took time.Duration) {
	m.requests.WithLabelValues(route, method, status).Inc()
	m.seconds.WithLabelValues(route, method).Observe(took.Seconds())
}

func (m *metrics) callEnded(method string, err error) {
	service, name, _ := strings.Cut(strings.TrimPrefix(method, "/"), "/")
	m.calls.WithLabelValues(service, name, code.Code(status.Code(err)).String()).Inc()
}

func (m *metrics) countUnary(ctx context.Context, method string, request, reply any, conn *grpc.ClientConn, invoke grpc.UnaryInvoker, options ...grpc.CallOption) error {
	err := invoke(ctx, method, request, reply, conn, options...)
	if !strings.HasPrefix(method, "/grpc.health.") {
		m.callEnded(method, err)
	}
	return err
}

func (m *metrics) countStream(ctx context.Context, description *grpc.StreamDesc, conn *grpc.ClientConn, method string, open grpc.Streamer, options ...grpc.CallOption) (grpc.ClientStream, error) {
	options = append(options, grpc.OnFinish(func(err error) { m.callEnded(method, err) }))
	return open(ctx, description, conn, method, options...)
}
