package gateway

import (
	"context"
	"log/slog"
	"net/http"
	"path"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"google.golang.org/grpc/codes"
)

var (
	credentialsAmbiguous = &Fault{Code: codes.Unauthenticated, Reason: "CREDENTIALS_AMBIGUOUS",
		Text: "the request has more than one Authorization header"}
	pathMalformed = &Fault{Code: codes.InvalidArgument, Reason: "INVALID_PATH",
		Text: "the path has an encoded slash, a part that is empty or dots, or is no text"}
)

// edge is what stands around every request, whatever it is about.
type edge struct {
	options Options
	metrics *metrics
	log     *slog.Logger
	held    *heldBytes
	next    http.Handler
}

func (e *edge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	started := time.Now()
	call := newCall(r)
	controller := http.NewResponseController(w)
	call.body = &body{
		ReadCloser: r.Body,
		controller: controller,
		stall:      seconds(e.options.StallSeconds),
		end:        started.Add(seconds(e.options.CallSeconds)),
		declared:   r.ContentLength,
		left:       e.options.BodyBytes,
		tooLarge:   requestTooLarge,
		held:       e.held,
	}
	answer := &answer{ResponseWriter: w, controller: controller, stall: seconds(e.options.StallSeconds)}
	r = r.WithContext(context.WithValue(r.Context(), callKey{}, call))
	if r.Body != http.NoBody {
		r.Body = call.body
	}
	setHeaders(w.Header(), call.id, e.options.TLS())
	e.metrics.inFlight.Inc()
	defer func() {
		e.metrics.inFlight.Dec()
		call.body.release()
		problem := recover()
		if problem != nil && problem != http.ErrAbortHandler {
			e.log.Error("request_crashed", "request_id", call.id, "place", place(debug.Stack()))
			if answer.status == 0 {
				writeError(answer, r, crashed)
				problem = nil
			}
		}
		e.ended(r, call, answer, started)
		if problem != nil {
			panic(http.ErrAbortHandler) // who reads sees that the answer is not whole
		}
	}()
	e.next.ServeHTTP(answer, r)
}

// within has no more than so many requests under way at once. Those beyond are refused; none waits.
func within(most int, next http.Handler) http.Handler {
	room := make(chan struct{}, most)
	full := &Fault{Code: codes.ResourceExhausted, Reason: "TOO_MANY_CALLS",
		Text:     "the gateway has as many requests under way as it may",
		Metadata: map[string]string{"limit": strconv.Itoa(most), "whose": "gateway"}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case room <- struct{}{}:
			defer func() { <-room }()
			next.ServeHTTP(w, r)
		default:
			writeError(w, r, full)
		}
	})
}

// admitted refuses a request that could be understood in more than one way.
func admitted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isPlain(r) {
			writeError(w, r, pathMalformed)
			return
		}
		if len(r.Header.Values("Authorization")) > 1 {
			writeError(w, r, credentialsAmbiguous)
			return
		}
		if err := takeIdempotencyKey(r); err != nil {
			writeError(w, r, err)
			return
		}
		keepOwnHeaders(r.Header)
		next.ServeHTTP(w, r)
	})
}

func (e *edge) ended(r *http.Request, call *call, answer *answer, started time.Time) {
	took := time.Since(started)
	status := answer.status
	if status == 0 {
		status = http.StatusOK
	}
	method := r.Method
	if !slices.Contains(knownMethods, method) {
		method = "OTHER" // a client can make up any number of them
	}
	e.metrics.requestEnded(call.route, method, strconv.Itoa(status), took)
	if probes[call.route] && status == http.StatusOK {
		return // they come every few seconds
	}
	e.log.Info("request_ended",
		"method", method, "route", call.route, "status", status, "reason", call.reason,
		"milliseconds", milliseconds(took), "request_id", call.id,
	)
}

var probes = map[string]bool{"/healthz": true, "/readyz": true}

var knownMethods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
}

// isPlain says whether the path names one thing to whoever reads it, before us and behind us.
func isPlain(r *http.Request) bool {
	raw := strings.ToLower(r.URL.EscapedPath())
	name := r.URL.Path
	return utf8.ValidString(name) &&
		!strings.Contains(raw, "%2f") && !strings.Contains(raw, "%5c") && !strings.Contains(name, `\`) &&
		!strings.ContainsFunc(name, func(c rune) bool { return c < ' ' || c == 0x7f }) &&
		path.Clean(name) == name
}

// place returns the line of our code in which it was that a request crashed.
func place(stack []byte) string {
	lines := strings.Split(string(stack), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "panic(") {
			for _, each := range lines[i+1:] {
				if strings.HasPrefix(each, "invoicesummarizer.com/") {
					name, _, _ := strings.Cut(each, "(0x")
					return name
				}
			}
		}
	}
	return ""
}
