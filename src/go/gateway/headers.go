package gateway

import (
	"net/http"
	"slices"
	"time"
)

// What is passed on to the services, beside Authorization. Nothing that a client sends can pose as something of ours.
var forwardedHeaders = []string{requestIDHeader, "Traceparent", "Tracestate"}

func forwarded(header string) (string, bool) {
	return header, slices.Contains(forwardedHeaders, header)
}

func withheld(string) (string, bool) { return "", false }

// keepOwnHeaders takes away what grpc-gateway would read or pass on whatever it is told.
func keepOwnHeaders(header http.Header) {
	for _, name := range []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Http-Method-Override"} {
		header.Del(name)
	}
}

// setHeaders sets what stands in every answer. None is to be kept by anybody else, shown in a page or taken for another
// type than it has.
func setHeaders(header http.Header, requestID string, isTLS bool) {
	header.Set(requestIDHeader, requestID)
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	if isTLS {
		header.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// answer is the writer of an answer. Whoever does not take it in time is left.
type answer struct {
	http.ResponseWriter
	controller *http.ResponseController
	stall      time.Duration
	status     int // 0 until it is known
}

func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter } // for Flush

func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= http.StatusOK {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	a.controller.SetWriteDeadline(time.Now().Add(a.stall))
	return a.ResponseWriter.Write(p)
}
