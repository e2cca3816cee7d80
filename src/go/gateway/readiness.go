package gateway

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health/grpc_health_v1"
)

const lookSeconds = 2 * time.Second

// readiness is what the last look at the upstreams said.
type readiness struct {
	problemNow atomic.Value // string; empty where there is none
	look       func(context.Context) string
	log        *slog.Logger
}

func newReadiness(look func(context.Context) string, log *slog.Logger) *readiness {
	r := &readiness{look: look, log: log}
	r.problemNow.Store("starting")
	return r
}

func (r *readiness) problem() string { return r.problemNow.Load().(string) }

// watch looks every two seconds until the context ends; from then on the gateway is not ready.
func (r *readiness) watch(ctx context.Context) {
	ticks := time.NewTicker(lookSeconds)
	defer ticks.Stop()
	for {
		looking, cancel := context.WithTimeout(ctx, lookSeconds)
		r.set(r.look(looking))
		cancel()
		select {
		case <-ctx.Done():
			r.problemNow.Store("stopping")
			return
		case <-ticks.C:
		}
	}
}

func (r *readiness) set(problem string) {
	if before := r.problemNow.Swap(problem); before == problem {
		return
	}
	if problem == "" {
		r.log.Info("ready")
	} else {
		r.log.Warn("not_ready", "reason", problem)
	}
}

func isServing(ctx context.Context, conn *grpc.ClientConn, service string) bool {
	answer, err := grpc_health_v1.NewHealthClient(conn).Check(ctx, &grpc_health_v1.HealthCheckRequest{Service: service})
	return err == nil && answer.GetStatus() == grpc_health_v1.HealthCheckResponse_SERVING
}
