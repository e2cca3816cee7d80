package gateway

import (
	"encoding/json"
	"net/http"

	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

// The files of the services whose methods have their REST paths in the proto.
var serviceFiles = []protoreflect.FileDescriptor{
	invoicesv1.File_invoices_v1_ingest_service_proto,
	invoicesv1.File_invoices_v1_page_service_proto,
	invoicesv1.File_invoices_v1_query_service_proto,
	invoicesv1.File_invoices_v1_review_service_proto,
	invoicesv1.File_invoices_v1_summarize_service_proto,
	invoicesv1.File_invoices_v1_validate_service_proto,
}

// Those of others, and what changes nothing although it is no GET.
var repeatable = []protoreflect.FullName{
	"google.longrunning.Operations.GetOperation",
	"google.longrunning.Operations.ListOperations",
	"google.longrunning.Operations.WaitOperation",
	"invoices.v1.ValidateService.ValidateInvoice",
}

type methodName struct {
	Service string `json:"service"`
	Method  string `json:"method"`
}

// serviceConfig returns how calls are made (gRPC A6): one that changes nothing is tried again where its process does not
// answer, no other is.
func serviceConfig() string {
	names := []methodName{}
	for _, method := range repeatable {
		names = append(names, methodName{string(method.Parent()), string(method.Name())})
	}
	for _, file := range serviceFiles {
		for i := range file.Services().Len() {
			methods := file.Services().Get(i).Methods()
			for j := range methods.Len() {
				method := methods.Get(j)
				if restMethod(method) == http.MethodGet && !method.IsStreamingServer() {
					names = append(names, methodName{string(method.Parent().FullName()), string(method.Name())})
				}
			}
		}
	}
	config, err := json.Marshal(map[string]any{
		"loadBalancingConfig": []any{map[string]any{"round_robin": map[string]any{}}},
		"retryThrottling":     map[string]any{"maxTokens": 100, "tokenRatio": 0.1},
		"methodConfig": []any{map[string]any{
			"name": names,
			"retryPolicy": map[string]any{
				"maxAttempts": 3, "initialBackoff": "0.05s", "maxBackoff": "0.5s", "backoffMultiplier": 3,
				"retryableStatusCodes": []string{"UNAVAILABLE"},
			},
		}},
	})
	if err != nil {
		panic(err)
	}
	return string(config)
}

// restMethod returns the HTTP method of the path that the proto gives the method.
func restMethod(method protoreflect.MethodDescriptor) string {
	rule, _ := proto.GetExtension(method.Options(), annotations.E_Http).(*annotations.HttpRule)
	switch rule.GetPattern().(type) {
	case *annotations.HttpRule_Get:
		return http.MethodGet
	case *annotations.HttpRule_Delete:
		return http.MethodDelete
	case nil:
		return ""
	}
	return http.MethodPost
}
