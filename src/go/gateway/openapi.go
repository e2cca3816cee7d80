package gateway

import (
	_ "embed"
	"encoding/json"
	"strings"
)

//go:embed openapi/api.swagger.json
var generatedDescription []byte

// description is the OpenAPI 2.0 description of the API, with what the generator cannot know.
var description = described(generatedDescription)

type object = map[string]any

// The generator takes the ending from a plural to name a part of a path.
var partNames = strings.NewReplacer("{summarie}", "{summary}", "{batche}", "{batch}")

func described(generated []byte) []byte {
	var root object
	if err := json.Unmarshal(generated, &root); err != nil {
		panic(err) // it is built in
	}
	root["info"] = object{
		"title": "AI Invoice Summarizer API",
		"description": "Invoices as exact data, each figure bound to its place in the document. Errors are google.rpc.Status; " +
			"numbers of 64 bits and decimals are strings; a field without a value is left out.",
		"version": "v1",
		"license": object{"name": "Apache-2.0"},
	}
	root["securityDefinitions"] = object{"bearer": object{
		"type": "apiKey", "in": "header", "name": "Authorization", "description": "`Bearer ` and the token",
	}}
	root["security"] = []any{object{"bearer": []any{}}}
	paths := object{}
	for path, item := range root["paths"].(object) {
		for _, operation := range item.(object) {
			describe(operation.(object))
		}
		paths[partNames.Replace(path)] = item
	}
	root["paths"] = paths
	text, err := json.MarshalIndent(root, "", " ")
	if err != nil {
		panic(err)
	}
	return text
}

func describe(operation object) {
	parameters, _ := operation["parameters"].([]any)
	for _, each := range parameters {
		parameter := each.(object)
		if parameter["in"] == "path" {
			parameter["name"] = strings.Trim(partNames.Replace("{"+parameter["name"].(string)+"}"), "{}")
		}
	}
	switch operation["operationId"] {
	case "IngestService_IngestInvoice", "ValidateService_ValidateInvoice":
		operation["consumes"] = append(append([]string{jsonType}, documentTypes...), multipartType)
	case "IngestService_UploadInvoice":
		operation["consumes"] = append(append([]string{jsonLinesType}, documentTypes...), multipartType)
	case "SummarizeService_StreamSummary", "QueryService_ExportInvoices":
		operation["produces"] = []string{jsonLinesType, eventStreamType, jsonType}
	case "QueryService_GetDocument":
		operation["produces"] = append(append([]string{}, documentTypes...), plainBytesType, jsonType)
		operation["responses"].(object)["200"] = object{
			"description": "The document as it was received.", "schema": object{"type": "file"},
		}
	case "PageService_GetAttachment":
		operation["produces"] = append(append([]string{}, attachmentTypes...), plainBytesType, jsonType)
		operation["responses"].(object)["200"] = object{
			"description": "The file as the e-invoice carries it.", "schema": object{"type": "file"},
		}
	case "PageService_RenderPage":
		operation["produces"] = []string{"image/png", jsonType}
		operation["responses"].(object)["200"] = object{
			"description": "The page as a picture.", "schema": object{"type": "file"},
		}
	}
}
