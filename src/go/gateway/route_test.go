package gateway

import (
	"net/http"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/reflect/protoreflect"
)

func TestEveryMethodIsReachedAtItsPath(t *testing.T) {
	if len(routes) != 33 {
		t.Fatalf("%d routes", len(routes)) // of the table in docs/api-specs/API_SPECIFICATION.md
	}
	var reached protoreflect.FullName
	front := serveAnything(t, func(_ any, stream grpc.ServerStream) error {
		method, _ := grpc.MethodFromServerStream(stream)
		reached = protoreflect.FullName(strings.ReplaceAll(method[1:], "/", "."))
		return nil
	})
	for _, each := range routes {
		path := strings.NewReplacer("{parent=", "", "{name=", "", "}", "", "*", "x1").Replace(each.template)
		reached = ""
		body := ""
		if each.body != "" {
			body = "{}"
		}
		send(t, each.verb, front+path, body)
		want := each.method.FullName()
		if want == "invoices.v1.QueryService.GetDocument" {
			want = "invoices.v1.QueryService.GetInvoice" // which is asked first
		}
		if reached != want {
			t.Errorf("%s %s has reached %q", each.verb, path, reached)
		}
	}
}

func TestVerbThatAPathDoesNotTakeIsToldThoseThatItTakes(t *testing.T) {
	front := serve(t, &fake{}, nil)
	for path, want := range map[string]string{
		invoicePath:                     "DELETE, GET",
		invoicePath + ":approve":        "POST",
		"/v1/tenants/acme/batches":      "GET, POST",
		"/v1/tenants/acme/operations/x": "GET",
		"/healthz":                      "GET, HEAD",
	} {
		got := send(t, http.MethodPut, front+path, "")
		if got.status != 405 || got.header.Get("Allow") != want {
			t.Errorf("%s: %d %q", path, got.status, got.header.Get("Allow"))
		}
	}
}

func TestParametersAreThoseOfTheMethodByTheNamesOfTheProtos(t *testing.T) {
	front := serve(t, &fake{}, nil)
	for query, want := range map[string]int{
		"?view=INVOICE_VIEW_BASIC":   200,
		"?colour=red":                400,
		"?name=tenants/a/invoices/b": 400, // that is in the path
		"?view=1&view=2":             400,
		"?view=RED":                  400,
		"?%zz":                       400,
		"?view.x=1":                  400,
	} {
		got := send(t, "GET", front+invoicePath+query, "")
		if got.status != want || want == 400 && got.reason(t) != "INVALID_QUERY" {
			t.Error(query, got)
		}
	}
	if got := send(t, "POST", front+invoicePath+":approve?etag=1", "{}"); got.status != 400 || got.reason(t) != "INVALID_QUERY" {
		t.Error(got)
	}
	if got := send(t, "GET", front+"/v1/tenants/acme/invoices:aggregate?group_by=MONTH&group_by=SUPPLIER", ""); got.status != 501 {
		t.Error(got)
	}
	if got := send(t, "GET", front+"/v1/tenants/acme/invoices?pageSize=1", ""); got.status != 400 {
		t.Error(got)
	}
}

func TestOnlyWhatChangesNothingIsTriedAgain(t *testing.T) {
	f := &fake{getInvoice: unavailable}
	front := serve(t, f, nil)
	if got := send(t, "GET", front+invoicePath, ""); got.status != 503 || f.calls != 3 {
		t.Error(got, f.calls)
	}
	f.calls = 0
	if got := send(t, "POST", front+invoicePath+":approve", "{}"); got.status != 503 || f.calls != 1 {
		t.Error(got, f.calls)
	}
}
