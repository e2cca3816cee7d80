package gateway

import (
	"context"
	"log/slog"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/resolver/dns"
)

// A rollout replaces every process of a service within half a minute, which is how long gRPC would wait, after it has asked
// for their addresses, before it asks again.
func init() { dns.SetMinResolutionInterval(time.Second) }

// upstreams are the processes that calls go to: connections that are made once, and again whenever they are lost.
type upstreams struct {
	ingest, summarize, query *grpc.ClientConn
	distinct                 map[string]*grpc.ClientConn // by address
}

// dial returns Problems where an option of theirs cannot be used. It waits for no connection.
func dial(o Options, metrics *metrics, log *slog.Logger) (*upstreams, error) {
	transport := insecure.NewCredentials()
	if o.UpstreamTLS() {
		var err error
		if transport, err = newUpstreamCredentials(o, metrics, log); err != nil {
			return nil, err
		}
	}
	u := &upstreams{distinct: map[string]*grpc.ClientConn{}}
	for address, conn := range map[*string]**grpc.ClientConn{
		&o.IngestAddress: &u.ingest, &o.SummarizeAddress: &u.summarize, &o.QueryAddress: &u.query,
	} {
		known, ok := u.distinct[*address]
		if !ok {
			var err error
			if known, err = connect(*address, transport, metrics); err != nil {
				u.close()
				return nil, err
			}
			u.distinct[*address] = known
		}
		*conn = known
	}
	return u, nil
}

func connect(address string, transport credentials.TransportCredentials, metrics *metrics) (*grpc.ClientConn, error) {
	conn, err := grpc.NewClient("dns:///"+address,
		grpc.WithTransportCredentials(transport),
		grpc.WithDefaultServiceConfig(serviceConfig()),
		grpc.WithDisableServiceConfig(), // that of the DNS
		grpc.WithNoProxy(),
		grpc.WithIdleTimeout(0),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 30 * time.Second, Timeout: 10 * time.Second, PermitWithoutStream: true}),
		grpc.WithConnectParams(grpc.ConnectParams{
			// A process that is started again is back within a second or two.
			Backoff:           backoff.Config{BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: 2 * time.Second},
			MinConnectTimeout: 5 * time.Second,
		}),
		grpc.WithChainUnaryInterceptor(metrics.countUnary, nameUnaryRequest),
		grpc.WithChainStreamInterceptor(metrics.countStream, nameUpload, awaitFirstAnswer),
	)
	if err == nil {
		conn.Connect()
	}
	return conn, err
}

func (u *upstreams) close() {
	for _, conn := range u.distinct {
		conn.Close()
	}
}

// problem says which upstream does not answer, or is not ready; empty where all are.
func (u *upstreams) problem(ctx context.Context) string {
	for _, each := range []struct {
		name    string
		conn    *grpc.ClientConn
		service string
	}{
		{"ingest", u.ingest, "invoices.v1.IngestService"},
		{"summarize", u.summarize, "invoices.v1.SummarizeService"},
		{"query", u.query, "invoices.v1.QueryService"},
	} {
		if !isServing(ctx, each.conn, each.service) {
			return each.name + " does not answer, or is not ready"
		}
	}
	return ""
}
