package gateway

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

func TestDescriptionHasEveryRouteWithItsParameters(t *testing.T) {
	var described struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Parameters  []struct{ Name, In string }
		}
	}
	if err := json.Unmarshal(description, &described); err != nil {
		t.Fatal(err)
	}
	operations := 0
	for path, item := range described.Paths {
		for verb, operation := range item {
			operations++
			plain := regexp.MustCompile(`\{\w+\}`).ReplaceAllString(path, "x1")
			found := false
			for _, each := range routes {
				name := string(each.method.Parent().Name()) + "_" + string(each.method.Name())
				if each.path.MatchString(plain) && each.verb == strings.ToUpper(verb) && name == operation.OperationID {
					found = true
					for _, parameter := range operation.Parameters {
						if parameter.In == "query" && each.parameter(parameter.Name) == nil {
							t.Errorf("%s does not take %s", path, parameter.Name)
						}
						if parameter.In == "path" && !strings.Contains(path, "{"+parameter.Name+"}") {
							t.Errorf("%s has no %s", path, parameter.Name)
						}
					}
				}
			}
			if !found {
				t.Errorf("%s %s is no route of %s", verb, path, operation.OperationID)
			}
		}
	}
	if operations != len(routes) {
		t.Errorf("%d operations, %d routes", operations, len(routes))
	}
}

func TestDescriptionNamesFieldsAsTheProtosDo(t *testing.T) {
	if !strings.Contains(string(description), `"invoice_number"`) || strings.Contains(string(description), `"invoiceNumber"`) {
		t.Error("names are others")
	}
	if strings.Contains(string(description), "summarie}") || strings.Contains(string(description), `"batche"`) {
		t.Error("names of parts are cut")
	}
}
