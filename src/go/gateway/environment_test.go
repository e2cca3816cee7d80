package gateway

import (
	"strings"
	"testing"
)

var enough = []string{
	"INVOICES_GATEWAY__INGEST_ADDRESS=127.0.0.1:1",
	"INVOICES_GATEWAY__SUMMARIZE_ADDRESS=localhost:2",
	"INVOICES_GATEWAY__QUERY_ADDRESS=[::1]:3",
}

func TestOptionsHaveTheirDefaults(t *testing.T) {
	o, problems := ReadOptions(enough)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if o.Host != "127.0.0.1" || o.BodyBytes != 8<<20 || o.UploadBytes != 64<<20 || o.LogLevel != "INFO" || o.CORSOrigins != nil {
		t.Fatalf("%+v", o)
	}
}

func TestOptionsAreThoseOfTheEnvironment(t *testing.T) {
	o, problems := ReadOptions(append(enough,
		"INVOICES_GATEWAY__CALL_SECONDS=0.5",
		"INVOICES_GATEWAY__CORS_ORIGINS=https://a.example, https://b.example",
		"INVOICES_SERVER__PORT=of another process",
	))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if seconds(o.CallSeconds).Milliseconds() != 500 || strings.Join(o.CORSOrigins, " ") != "https://a.example https://b.example" {
		t.Fatalf("%+v", o)
	}
}

func TestEveryProblemIsToldWithItsVariableAndWithoutItsValue(t *testing.T) {
	const secret = "s3cret"
	for variable, want := range map[string]string{
		"INVOICES_GATEWAY__PORT":                      "must be a whole number from 0 to 65535",
		"INVOICES_GATEWAY__CALL_SECONDS":              "must be a number above 0",
		"INVOICES_GATEWAY__MAX_CONNECTIONS":           "must be a whole number of at least 1",
		"INVOICES_LOG_LEVEL":                          "must be one of DEBUG, INFO, WARNING, ERROR",
		"INVOICES_GATEWAY__PROT":                      "is no setting",
		"INVOICES_GATEWAY__HOST":                      "is not loopback",
		"INVOICES_GATEWAY__TLS__KEY_FILE":             "",
		"INVOICES_GATEWAY__UPSTREAM_TLS__SERVER_NAME": "",
		"INVOICES_GATEWAY__INGEST_ADDRESS":            "must be HOST:PORT",
	} {
		_, problems := ReadOptions(append(enough, variable+"="+secret))
		if len(problems) != 1 || strings.Contains(problems.Error(), secret) {
			t.Errorf("%s: %v", variable, problems)
		}
		if want != "" && !strings.HasPrefix(problems.Error(), variable+": "+want) {
			t.Errorf("%s: %v", variable, problems)
		}
	}
	_, problems := ReadOptions([]string{"INVOICES_GATEWAY__QUERY_ADDRESS=db.example:1", "INVOICES_GATEWAY__PORT="})
	for _, want := range []string{
		"INVOICES_GATEWAY__INGEST_ADDRESS: is missing",
		"INVOICES_GATEWAY__PORT: is empty: leave it out",
		"INVOICES_GATEWAY__QUERY_ADDRESS: is not loopback, so that tokens would go in plain text",
	} {
		if !strings.Contains(problems.Error(), want) {
			t.Errorf("%q is not in %q", want, problems)
		}
	}
}
