package gateway

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"

	_ "cloud.google.com/go/longrunning/autogen/longrunningpb" // its descriptors
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

//go:embed openapi/service_config.json
var serviceRules []byte

// route is a method of the API with its REST path.
type route struct {
	verb     string
	template string // "/v1/{name=tenants/*/invoices/*}:approve"
	body     string // the field that the body is; "*" where it is the request, empty where there is none
	method   protoreflect.MethodDescriptor
	path     *regexp.Regexp
}

// routes are all of them: those that the protos declare, and those that the service configuration gives the services of
// others.
var routes = append(declaredRoutes(), configuredRoutes()...)

// routeOf returns the route of a verb and a template; nil where there is none.
func routeOf(verb, template string) *route {
	for i := range routes {
		if routes[i].verb == verb && routes[i].template == template {
			return &routes[i]
		}
	}
	return nil
}

// verbsAt returns what a path takes.
func verbsAt(path string) []string {
	var verbs []string
	for _, each := range routes {
		if each.path.MatchString(path) && !slices.Contains(verbs, each.verb) {
			verbs = append(verbs, each.verb)
		}
	}
	slices.Sort(verbs)
	return verbs
}

// isStream says whether it may take longer than a call does.
func (r *route) isStream() bool { return r.method.IsStreamingClient() || r.method.IsStreamingServer() }

// parameter returns the field that a parameter of the query sets, by the names of the protos; nil where it sets none.
func (r *route) parameter(name string) protoreflect.FieldDescriptor {
	if r.body == "*" {
		return nil
	}
	var field protoreflect.FieldDescriptor
	message := r.method.Input()
	for i, part := range strings.Split(name, ".") {
		if message == nil || i == 0 && (part == r.body || strings.Contains(r.template, "{"+part+"=")) {
			return nil
		}
		if field = message.Fields().ByName(protoreflect.Name(part)); field == nil {
			return nil
		}
		message = field.Message()
	}
	return field
}

func declaredRoutes() []route {
	var found []route
	for _, file := range []protoreflect.FileDescriptor{
		invoicesv1.File_invoices_v1_ingest_service_proto,
		invoicesv1.File_invoices_v1_page_service_proto,
		invoicesv1.File_invoices_v1_query_service_proto,
		invoicesv1.File_invoices_v1_review_service_proto,
		invoicesv1.File_invoices_v1_summarize_service_proto,
		invoicesv1.File_invoices_v1_validate_service_proto,
	} {
		for i := range file.Services().Len() {
			methods := file.Services().Get(i).Methods()
			for j := range methods.Len() {
				rule := proto.GetExtension(methods.Get(j).Options(), annotations.E_Http).(*annotations.HttpRule)
				for verb, template := range map[string]string{
					http.MethodGet: rule.GetGet(), http.MethodPost: rule.GetPost(), http.MethodDelete: rule.GetDelete(),
				} {
					if template != "" {
						found = append(found, newRoute(verb, template, rule.GetBody(), methods.Get(j)))
					}
				}
			}
		}
	}
	return found
}

func configuredRoutes() []route {
	var config struct {
		HTTP struct {
			Rules []struct{ Selector, Get, Post, Body string }
		}
	}
	if err := json.Unmarshal(serviceRules, &config); err != nil {
		panic(err) // it is built in
	}
	var found []route
	for _, rule := range config.HTTP.Rules {
		method, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName(rule.Selector))
		if err != nil {
			panic(err)
		}
		verb, template := http.MethodGet, rule.Get
		if rule.Post != "" {
			verb, template = http.MethodPost, rule.Post
		}
		found = append(found, newRoute(verb, template, rule.Body, method.(protoreflect.MethodDescriptor)))
	}
	return found
}

var captures = regexp.MustCompile(`\\\{\w+=([^}]*)\\\}`)

func newRoute(verb, template, body string, method protoreflect.MethodDescriptor) route {
	pattern := captures.ReplaceAllString(regexp.QuoteMeta(template), "$1")
	pattern = strings.ReplaceAll(pattern, `\*`, "[^/:]+")
	return route{verb, template, body, method, regexp.MustCompile("^" + pattern + "$")}
}
