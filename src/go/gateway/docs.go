package gateway

import (
	"embed"
	"net/http"

	"github.com/swaggest/swgui/v5/static"
	"github.com/vearutop/statigz"
)

//go:embed docs/index.html docs/page.js
var docsFiles embed.FS

// Of a page of ours a browser takes scripts from here alone. The program that shows the API styles by attributes.
const docsPolicy = "default-src 'none'; connect-src 'self'; img-src 'self' data:; script-src 'self'; " +
	"style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// docsPages returns the pages, by their paths, that show the description of the API and send requests to it. They are
// whole in this program: no other address is asked for anything.
func docsPages() map[string]http.Handler {
	assets := http.StripPrefix("/docs", statigz.FileServer(static.FS))
	return map[string]http.Handler{
		"/docs":                      docsPage("docs/index.html", "text/html; charset=utf-8"),
		"/docs/page.js":              docsPage("docs/page.js", "text/javascript; charset=utf-8"),
		"/docs/favicon-32x32.png":    assets,
		"/docs/swagger-ui.css":       assets,
		"/docs/swagger-ui-bundle.js": assets,
	}
}

func docsPage(name, contentType string) http.Handler {
	content, err := docsFiles.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	next := page(contentType, content)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", docsPolicy)
		next.ServeHTTP(w, r)
	})
}
