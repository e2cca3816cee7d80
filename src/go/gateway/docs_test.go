package gateway

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

// The pages lie beside the sources, in the checkout as in the sandbox of Pants.
const docs = "../../../docs/"

// tableBelow returns the cells of the rows of the first table below the heading whose first column has that name.
func tableBelow(t *testing.T, page, heading, column string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(docs, page))
	if err != nil {
		t.Fatal(err)
	}
	_, below, found := strings.Cut(string(text), "\n"+heading+"\n")
	_, table, there := strings.Cut(below, "\n| "+column+" |")
	if !found || !there {
		t.Fatalf("%s has no %s with a table of %s", page, heading, column)
	}
	var rows [][]string
	for _, line := range strings.Split(table, "\n")[2:] {
		if !strings.HasPrefix(line, "|") {
			break
		}
		cells := strings.Split(strings.Trim(line, "| "), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows
}

func TestEverySettingIsDocumentedAndNoOther(t *testing.T) {
	var want [][]string
	fields := reflect.TypeFor[Options]()
	for i := range fields.NumField() {
		tag := fields.Field(i).Tag
		kind := map[reflect.Kind]string{
			reflect.String: "text", reflect.Int: "integer", reflect.Int64: "integer", reflect.Float64: "number",
			reflect.Slice: "texts between commas",
		}[fields.Field(i).Type.Kind()]
		if tag.Get("type") != "" {
			kind = tag.Get("type")
		}
		switch least, most, above := tag.Get("min"), tag.Get("max"), tag.Get("above"); {
		case above != "":
			kind += ", above " + above
		case most != "":
			kind += ", " + least + " to " + most
		case least != "":
			kind += ", at least " + least
		}
		initial := "none"
		if tag.Get("required") != "" {
			initial = "required"
		} else if tag.Get("default") != "" {
			initial = "`" + tag.Get("default") + "`"
		}
		want = append(want, []string{"`" + tag.Get("env") + "`", kind, initial, tag.Get("help")})
	}
	got := tableBelow(t, "configuration.md", "### Settings of the gateway", "variable")
	if len(got) != len(want) {
		t.Fatalf("%d settings are documented, %d there are", len(got), len(want))
	}
	for i := range want {
		if !slices.Equal(got[i][:3], want[i][:3]) || !strings.HasPrefix(got[i][3], want[i][3]) {
			t.Errorf("%q is not %q", got[i], want[i])
		}
	}
}

func TestEveryMetricIsDocumentedAndNoOther(t *testing.T) {
	m := newMetrics()
	descriptions := make(chan *prometheus.Desc, 100)
	m.registry.Describe(descriptions)
	close(descriptions)
	named := regexp.MustCompile(`fqName: "(\w+)", help: "([^"]*)".*variableLabels: \{([^}]*)\}`)
	var want []string
	for each := range descriptions {
		found := named.FindStringSubmatch(each.String())
		labels := ""
		if found[3] != "" {
			labels = "`" + strings.ReplaceAll(found[3], ",", "`, `") + "`"
		}
		want = append(want, "`"+found[1]+"` "+labels+" "+found[2])
	}
	var got []string
	for _, row := range tableBelow(t, "configuration.md", "### Metrics of the gateway", "metric") {
		got = append(got, row[0]+" "+row[2]+" "+row[3])
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%q is not %q", got, want)
	}
}

// inSources returns what the expression captures in the sources, once each.
func inSources(t *testing.T, expression string) []string {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	mains, _ := filepath.Glob("cmd/gateway/*.go")
	var found []string
	for _, path := range append(paths, mains...) {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range regexp.MustCompile(expression).FindAllStringSubmatch(string(text), -1) {
			found = append(found, strings.Join(match[1:], " "))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestEveryLogEventIsDocumentedWithItsLevelAndNoOther(t *testing.T) {
	var got []string
	for _, row := range tableBelow(t, "configuration.md", "### Logs of the gateway", "event") {
		level := map[string]string{"INFO": "Info", "WARNING": "Warn", "ERROR": "Error"}[row[1]]
		got = append(got, level+" "+strings.Trim(row[0], "`"))
	}
	slices.Sort(got)
	if want := inSources(t, `log\.(Info|Warn|Error)\("(\w+)"`); !slices.Equal(got, want) {
		t.Errorf("%q is not %q", got, want)
	}
}

func TestEveryReasonIsDocumentedAndNoOther(t *testing.T) {
	var got []string
	for _, row := range tableBelow(t, "api-specs/REST.md", "## Errors", "reason") {
		got = append(got, strings.Trim(row[0], "`"))
	}
	want := inSources(t, `(?:Reason: +|Reason, fault\.Text = )"([A-Z_]+)"`)
	if !slices.IsSorted(got) || !slices.Equal(got, want) {
		t.Errorf("%q is not %q", got, want)
	}
}
