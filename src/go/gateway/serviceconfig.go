package gateway

import (
	"encoding/json"
	"net/http"
	"slices"

	_ "google.golang.org/grpc/health" // watches what healthCheckConfig names
	"google.golang.org/protobuf/reflect/protoreflect"
)

// What changes nothing although it is no GET.
var repeatable = []protoreflect.FullName{
	"google.longrunning.Operations.WaitOperation",
	"invoices.v1.ValidateService.ValidateInvoice",
}

// takingCalls is the name under which a server's health says whether it takes calls, until it is about to stop.
const takingCalls = "invoices.TakingCalls"

// serviceConfig returns how calls are made (gRPC A6): one that changes nothing is tried again where its process does not
// answer, and no other is. A server that is about to stop gets no more of them (gRPC A17).
func serviceConfig() string {
	type name struct {
		Service protoreflect.FullName `json:"service"`
		Method  protoreflect.Name     `json:"method"`
	}
	var names []name
	for _, route := range routes {
		method := route.method
		if route.verb == http.MethodGet || slices.Contains(repeatable, method.FullName()) {
			names = append(names, name{method.Parent().FullName(), method.Name()})
		}
	}
	config, err := json.Marshal(map[string]any{
		"loadBalancingConfig": []any{map[string]any{"round_robin": map[string]any{}}},
		"healthCheckConfig":   map[string]any{"serviceName": takingCalls},
		"retryThrottling":     map[string]any{"maxTokens": 100, "tokenRatio": 0.1},
		"methodConfig": []any{map[string]any{
			"name": names,
			"retryPolicy": map[string]any{
				"maxAttempts": 3, "initialBackoff": "0.05s", "maxBackoff": "0.5s", "backoffMultiplier": 3,
				// A server that stops ends what reaches it in that moment by CANCELLED; a caller who is gone asks for no second try.
				"retryableStatusCodes": []string{"UNAVAILABLE", "CANCELLED"},
			},
		}},
	})
	if err != nil {
		panic(err) // it holds nothing that JSON could not
	}
	return string(config)
}
