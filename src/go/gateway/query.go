package gateway

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"

	"google.golang.org/grpc/codes"
)

// documentNames are parameters that only a document as it is comes with.
var documentNames = []string{"file_name", "request_id", "parent"}

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
		if field == nil && route.takesDocuments() && slices.Contains(documentNames, name) {
			return invalidQuery(name, "a Content-Type, such as application/pdf, has to say that the body is a document; else it is JSON, which has no parameter of that name")
		}
		if field == nil {
			return invalidQuery(name, "the method has no parameter of that name")
		}
		if len(given) > 1 && !field.IsList() {
			return invalidQuery(name, "the parameter is there more than once")
		}
	}
	return nil
}

var fieldNames = regexp.MustCompile(`field "([^"]+)"`)

// ofQuery returns what a caller is told where the generated code could not take a parameter, of which it quotes the value.
func ofQuery(text string) *Fault {
	name := ""
	if found := fieldNames.FindStringSubmatch(text); found != nil {
		name = found[1]
	}
	return invalidQuery(name, "a parameter is not of its type")
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
