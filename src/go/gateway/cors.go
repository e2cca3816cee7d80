package gateway

import (
	"net/http"

	"github.com/rs/cors"
)

// withCORS lets pages of these origins call. They send their token themselves: nothing that a browser adds counts.
func withCORS(origins []string, next http.Handler) http.Handler {
	if len(origins) == 0 {
		return next
	}
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodDelete},
		AllowedHeaders: []string{
			"Accept", "Authorization", "Content-Type", "Grpc-Timeout", idempotencyHeader, "If-None-Match", "If-Range", "Range",
			"Traceparent", "Tracestate", requestIDHeader,
		},
		ExposedHeaders: []string{
			"Allow", "Content-Disposition", "Content-Range", "ETag", "Retry-After", requestIDHeader,
		},
		MaxAge: 600,
	}).Handler(next)
}
