package gateway

import (
	"context"
	_ "embed"
	"net/http"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"

	longrunning "invoicesummarizer.com/gateway/gen/google/longrunning"
	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

//go:embed openapi/api.swagger.json
var openAPI []byte

// newRoutes returns what serves the API: each method at the path that its proto, or the service configuration, gives it.
func newRoutes(ctx context.Context, o Options, to *upstreams) (*runtime.ServeMux, error) {
	mux := runtime.NewServeMux(
		runtime.WithMarshalerOption(runtime.MIMEWildcard, newJSONMarshaler()),
		runtime.WithIncomingHeaderMatcher(forwarded),
		runtime.WithOutgoingHeaderMatcher(withheld),
		runtime.WithOutgoingTrailerMatcher(withheld),
		runtime.WithErrorHandler(handleError),
		runtime.WithRoutingErrorHandler(handleRoutingError),
		runtime.WithMiddlewares(timed(o)),
		runtime.WithDisablePathLengthFallback(),
		runtime.WithDisableHTTPMethodOverride(),
		runtime.WithWriteContentLength(),
	)
	for _, each := range []struct {
		register func(context.Context, *runtime.ServeMux, *grpc.ClientConn) error
		conn     *grpc.ClientConn
	}{
		{invoicesv1.RegisterIngestServiceHandler, to.ingest},
		{invoicesv1.RegisterPageServiceHandler, to.ingest},
		{invoicesv1.RegisterReviewServiceHandler, to.ingest},
		{invoicesv1.RegisterValidateServiceHandler, to.ingest},
		{longrunning.RegisterOperationsHandler, to.ingest},
		{invoicesv1.RegisterSummarizeServiceHandler, to.summarize},
		{invoicesv1.RegisterQueryServiceHandler, to.query},
	} {
		if err := each.register(ctx, mux, each.conn); err != nil {
			return nil, err
		}
	}
	return mux, nil
}

// timed notes the route of the request, and gives it a deadline.
func timed(o Options) runtime.Middleware {
	return func(next runtime.HandlerFunc) runtime.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request, parameters map[string]string) {
			call := callOf(r.Context())
			if pattern, ok := runtime.HTTPPattern(r.Context()); ok {
				call.route = pattern.String()
			}
			r.Header.Set(requestIDHeader, call.id)
			ctx, cancel := context.WithTimeout(r.Context(), seconds(o.CallSeconds))
			defer cancel()
			next(w, r.WithContext(ctx), parameters)
		}
	}
}

var (
	noSuchPath = &Fault{Code: codes.NotFound, Reason: "PATH_NOT_FOUND", Text: "the API has no such path"}
	noSuchVerb = &Fault{HTTPStatus: http.StatusMethodNotAllowed, Code: codes.Unimplemented,
		Reason: "METHOD_NOT_ALLOWED", Text: "the path does not take this method"}
)

func handleRoutingError(_ context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, r *http.Request, httpStatus int) {
	if httpStatus == http.StatusMethodNotAllowed {
		writeError(w, r, noSuchVerb)
		return
	}
	writeError(w, r, noSuchPath)
}
