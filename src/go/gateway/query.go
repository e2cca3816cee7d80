package gateway

import (
	"net/http"
	"net/url"

	"google.golang.org/grpc/codes"
)

// checkQuery returns a Fault where a parameter is none of the method's, or is there twice and may not be.
func checkQuery(r *http.Request, route *route) error {
	if r.URL.RawQuery == "" {
		return nil
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return invalidQuery("", "the query is not encoded as queries are")
	}
	for name, given := range values {
		field := route.parameter(name)
		if field == nil {
			return invalidQuery(name, "the method has no parameter of that name")
		}
		if len(given) > 1 && !field.IsList() {
			return invalidQuery(name, "the parameter is there more than once")
		}
	}
	return nil
}

// invalidQuery returns what a caller is told, with the name of the parameter where it is as names are.
func invalidQuery(name, text string) *Fault {
	fault := &Fault{Code: codes.InvalidArgument, Reason: "INVALID_QUERY", Text: text}
	if parameterNames.MatchString(name) {
		fault.Text += ": " + name
		fault.Metadata = map[string]string{"parameter": name}
	}
	return fault
}
