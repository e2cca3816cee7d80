package gateway

import (
	"net/http"
	"strings"
	"testing"
)

func TestDocsAreWholeHere(t *testing.T) {
	front := serve(t, &fake{}, nil)
	page := send(t, http.MethodGet, front+"/docs", "")
	if page.status != http.StatusOK || page.header.Get("Content-Security-Policy") != docsPolicy {
		t.Fatal(page.status, page.header)
	}
	for _, asset := range strings.Split(page.body, `"/docs/`)[1:] {
		path, _, _ := strings.Cut(asset, `"`)
		found := send(t, http.MethodGet, front+"/docs/"+path, "")
		if found.status != http.StatusOK || len(found.body) == 0 {
			t.Errorf("%s: %d", path, found.status)
		}
	}
	for _, elsewhere := range []string{"http:", "https:", "//"} {
		if strings.Contains(page.body, elsewhere) {
			t.Errorf("the page names another address: %s", elsewhere)
		}
	}
	if posted := send(t, http.MethodPost, front+"/docs", ""); posted.status != http.StatusMethodNotAllowed {
		t.Error(posted.status)
	}
	if unknown := send(t, http.MethodGet, front+"/docs/other.js", ""); unknown.reason(t) != "PATH_NOT_FOUND" {
		t.Error(unknown.status)
	}
}
