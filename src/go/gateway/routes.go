package gateway

import (
	"context"
	"net/http"
	"strings"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"

	longrunning "invoicesummarizer.com/gateway/gen/google/longrunning"
	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

// newRoutes returns what serves the API: each method at the path that its proto, or the service configuration, gives it.
func newRoutes(ctx context.Context, o Options, to *upstreams) (*runtime.ServeMux, error) {
	dispatch := &dispatch{
		uploads: &uploads{
			ingest:   invoicesv1.NewIngestServiceClient(to.ingest),
			validate: invoicesv1.NewValidateServiceClient(to.ingest),
			limit:    o.UploadBytes,
		},
		downloads: &downloads{
			query: invoicesv1.NewQueryServiceClient(to.query),
			pages: invoicesv1.NewPageServiceClient(to.ingest),
		},
		options: o,
	}
	mux := runtime.NewServeMux(
		runtime.WithMarshalerOption(runtime.MIMEWildcard, newJSONMarshaler()),
		runtime.WithMarshalerOption(eventStreamType, eventMarshaler{newJSONMarshaler()}),
		runtime.WithStreamErrorHandler(streamError),
		runtime.WithIncomingHeaderMatcher(forwarded),
		runtime.WithOutgoingHeaderMatcher(withheld),
		runtime.WithOutgoingTrailerMatcher(withheld),
		runtime.WithErrorHandler(handleError),
		runtime.WithRoutingErrorHandler(handleRoutingError),
		runtime.WithMiddlewares(dispatch.middleware),
		runtime.WithDisablePathLengthFallback(),
		runtime.WithDisableHTTPMethodOverride(),
		runtime.WithWriteContentLength(),
	)
	dispatch.mux = mux
	for _, each := range []struct {
		register func(context.Context, *runtime.ServeMux, *grpc.ClientConn) error
		conn     *grpc.ClientConn
	}{
		// The last one goes first, and a resource's own path takes what ends in a verb of another service.
		{invoicesv1.RegisterQueryServiceHandler, to.query},
		{invoicesv1.RegisterIngestServiceHandler, to.ingest},
		{invoicesv1.RegisterPageServiceHandler, to.ingest},
		{invoicesv1.RegisterReviewServiceHandler, to.ingest},
		{invoicesv1.RegisterValidateServiceHandler, to.ingest},
		{longrunning.RegisterOperationsHandler, to.ingest},
		{invoicesv1.RegisterSummarizeServiceHandler, to.summarize},
	} {
		if err := each.register(ctx, mux, each.conn); err != nil {
			return nil, err
		}
	}
	for _, each := range []struct {
		verb, template string
		handle         runtime.HandlerFunc
	}{
		{http.MethodGet, documentTemplate, dispatch.downloads.document},
		{http.MethodHead, documentTemplate, dispatch.downloads.document},
		{http.MethodGet, pageTemplate, dispatch.downloads.page},
		{http.MethodGet, attachmentTemplate, dispatch.downloads.attachment},
	} {
		if err := mux.HandlePath(each.verb, each.template, each.handle); err != nil {
			return nil, err
		}
	}
	return mux, nil
}

// dispatch is what stands around each route: it names it, checks the query, sets the deadline, and takes on itself what
// the generated code cannot do: documents that come and go as they are.
type dispatch struct {
	uploads   *uploads
	downloads *downloads
	options   Options
	mux       *runtime.ServeMux
}

func (d *dispatch) middleware(next runtime.HandlerFunc) runtime.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request, parameters map[string]string) {
		call := callOf(r.Context())
		pattern, _ := runtime.HTTPPattern(r.Context())
		verb := r.Method
		if verb == http.MethodHead {
			verb = http.MethodGet
		}
		route := routeOf(verb, pattern.String())
		call.route = route.template
		isUpload := isUpload(r) && route.takesDocuments()
		limit := d.options.CallSeconds
		if isUpload || route.isStream() {
			limit = d.options.StreamSeconds
		}
		ctx, cancel := context.WithTimeout(r.Context(), seconds(limit))
		defer cancel()
		r = r.WithContext(ctx)
		r.Header.Set(requestIDHeader, call.id)
		acceptStreams(r.Header)
		if isUpload || route.givesDocuments() { // the generated code does this for its own
			if ctx, err := runtime.AnnotateContext(r.Context(), d.mux, r, string(route.method.FullName())); err != nil {
				writeError(w, r, err)
				return
			} else {
				r = r.WithContext(ctx)
			}
		}
		if isUpload {
			d.uploads.serve(w, r, route, parameters)
			return
		}
		if err := checkQuery(r, route); err != nil {
			writeError(w, r, err)
			return
		}
		if route.method.IsStreamingClient() { // in JSON, which takes four characters for three bytes
			call.body.pass(d.options.UploadBytes, d.options.UploadBytes/2)
		}
		next(w, r, parameters)
	}
}

var (
	noSuchPath = &Fault{Code: codes.NotFound, Reason: "PATH_NOT_FOUND", Text: "the API has no such path"}
	noSuchVerb = &Fault{HTTPStatus: http.StatusMethodNotAllowed, Code: codes.Unimplemented,
		Reason: "METHOD_NOT_ALLOWED", Text: "the path does not take this method"}
)

func handleRoutingError(_ context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, r *http.Request, httpStatus int) {
	if verbs := verbsAt(r.URL.Path); httpStatus == http.StatusMethodNotAllowed && len(verbs) > 0 {
		w.Header().Set("Allow", strings.Join(verbs, ", "))
		writeError(w, r, noSuchVerb)
		return
	}
	writeError(w, r, noSuchPath)
}
