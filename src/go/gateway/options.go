package gateway

import (
	"net"
	"time"
)

// Options is everything that the gateway is told. It is read once, at the start; docs/configuration.md has the same
// names, types, defaults and descriptions, which a test holds to these.
type Options struct {
	Host                string   `env:"INVOICES_GATEWAY__HOST" default:"127.0.0.1" help:"Address to listen on; other than loopback needs TLS."`
	Port                int      `env:"INVOICES_GATEWAY__PORT" default:"0" min:"0" max:"65535" help:"Port to listen on; 0 takes a free one."`
	CertificateFile     string   `env:"INVOICES_GATEWAY__TLS__CERTIFICATE_FILE" type:"path" help:"The gateway's certificate chain."`
	KeyFile             string   `env:"INVOICES_GATEWAY__TLS__KEY_FILE" type:"path" help:"The key of that certificate."`
	ClientAuthorityFile string   `env:"INVOICES_GATEWAY__TLS__CLIENT_AUTHORITY_FILE" type:"path" help:"Certificates that clients' certificates must come from."`
	Name                string   `env:"INVOICES_GATEWAY__TLS__NAME" help:"DNS name by which clients know the gateway; a certificate of another name is refused."`
	IngestAddress       string   `env:"INVOICES_GATEWAY__INGEST_ADDRESS" required:"true" help:"HOST:PORT of the process ingest; other than loopback needs TLS."`
	SummarizeAddress    string   `env:"INVOICES_GATEWAY__SUMMARIZE_ADDRESS" required:"true" help:"HOST:PORT of the process summarize."`
	QueryAddress        string   `env:"INVOICES_GATEWAY__QUERY_ADDRESS" required:"true" help:"HOST:PORT of the process query."`
	UpstreamAuthority   string   `env:"INVOICES_GATEWAY__UPSTREAM_TLS__AUTHORITY_FILE" type:"path" help:"Certificates that those of the three processes must come from; without it they are reached in plain text."`
	UpstreamCertificate string   `env:"INVOICES_GATEWAY__UPSTREAM_TLS__CERTIFICATE_FILE" type:"path" help:"The certificate that the gateway shows them (mTLS)."`
	UpstreamKey         string   `env:"INVOICES_GATEWAY__UPSTREAM_TLS__KEY_FILE" type:"path" help:"The key of that certificate."`
	UpstreamServerName  string   `env:"INVOICES_GATEWAY__UPSTREAM_TLS__SERVER_NAME" help:"The name in their certificates, where it is not that of the address."`
	CallSeconds         float64  `env:"INVOICES_GATEWAY__CALL_SECONDS" default:"60" above:"0" help:"Deadline of a call; a client may ask for less by Grpc-Timeout."`
	StreamSeconds       float64  `env:"INVOICES_GATEWAY__STREAM_SECONDS" default:"300" above:"0" help:"Deadline of an upload, a download and a stream."`
	BodyBytes           int64    `env:"INVOICES_GATEWAY__BODY_BYTES" default:"8388608" min:"1024" help:"Largest body that is JSON."`
	UploadBytes         int64    `env:"INVOICES_GATEWAY__UPLOAD_BYTES" default:"67108864" min:"1024" help:"Largest document."`
	HeaderBytes         int      `env:"INVOICES_GATEWAY__HEADER_BYTES" default:"16384" min:"1024" help:"Largest request line with headers."`
	HeaderSeconds       float64  `env:"INVOICES_GATEWAY__HEADER_SECONDS" default:"10" above:"0" help:"How long the headers of a request may take."`
	StallSeconds        float64  `env:"INVOICES_GATEWAY__STALL_SECONDS" default:"20" above:"0" help:"How long a body, or the reader of an answer, may stand still."`
	IdleSeconds         float64  `env:"INVOICES_GATEWAY__IDLE_SECONDS" default:"120" above:"0" help:"How long a connection may wait for its next request."`
	MaxConnections      int      `env:"INVOICES_GATEWAY__MAX_CONNECTIONS" default:"4096" min:"1" help:"Connections at once; beyond, those go that have been idle for longest."`
	MaxHeldBytes        int64    `env:"INVOICES_GATEWAY__MAX_HELD_BYTES" default:"134217728" min:"8388608" help:"Bytes of bodies that requests under way may hold, together; documents that are passed on do not count."`
	MaxRequests         int      `env:"INVOICES_GATEWAY__MAX_CONCURRENT_REQUESTS" default:"500" min:"1" help:"Requests at once; those beyond are refused."`
	CORSOrigins         []string `env:"INVOICES_GATEWAY__CORS_ORIGINS" help:"Origins whose pages may call, separated by commas; * is any."`
	LeaveSeconds        float64  `env:"INVOICES_GATEWAY__LEAVE_SECONDS" default:"2" min:"0" help:"How long requests are still taken after SIGTERM, while clients are asked to come over another connection."`
	GraceSeconds        float64  `env:"INVOICES_GATEWAY__GRACE_SECONDS" default:"20" min:"0" help:"How long requests under way may go on after SIGTERM."`
	HTTPHost            string   `env:"INVOICES_HTTP__HOST" default:"127.0.0.1" help:"Address of the HTTP port."`
	HTTPPort            int      `env:"INVOICES_HTTP__PORT" default:"0" min:"0" max:"65535" help:"Number of the HTTP port; 0 takes a free one."`
	LogLevel            string   `env:"INVOICES_LOG_LEVEL" default:"INFO" choices:"DEBUG,INFO,WARNING,ERROR" help:"Least level logged."`
}

// Defaults returns the options of an empty environment, which lack those that are required.
func Defaults() Options {
	o, _ := ReadOptions(nil)
	return o
}

// TLS says whether clients are served over TLS.
func (o Options) TLS() bool { return o.CertificateFile != "" }

// UpstreamTLS says whether the three processes are reached over TLS.
func (o Options) UpstreamTLS() bool { return o.UpstreamAuthority != "" }

// conflicts returns what does not go together.
func (o Options) conflicts() Problems {
	var problems Problems
	together := func(variables, values [2]string) {
		for i := range values {
			if values[i] == "" && values[1-i] != "" {
				problems.add(variables[i], "is missing: "+variables[1-i]+" is set")
			}
		}
	}
	const tls, upstream = "INVOICES_GATEWAY__TLS__", "INVOICES_GATEWAY__UPSTREAM_TLS__"
	together([2]string{tls + "CERTIFICATE_FILE", tls + "KEY_FILE"}, [2]string{o.CertificateFile, o.KeyFile})
	together(
		[2]string{upstream + "CERTIFICATE_FILE", upstream + "KEY_FILE"},
		[2]string{o.UpstreamCertificate, o.UpstreamKey},
	)
	if o.ClientAuthorityFile != "" && !o.TLS() {
		problems.add(tls+"CLIENT_AUTHORITY_FILE", "needs "+tls+"CERTIFICATE_FILE")
	}
	if o.Name != "" && !o.TLS() {
		problems.add(tls+"NAME", "needs "+tls+"CERTIFICATE_FILE")
	}
	if !o.UpstreamTLS() && (o.UpstreamCertificate != "" || o.UpstreamServerName != "") {
		problems.add(upstream+"AUTHORITY_FILE", "is missing: another setting of its group is there")
	}
	if !o.TLS() && !isLoopback(o.Host) {
		problems.add("INVOICES_GATEWAY__HOST",
			"is not loopback (127.0.0.1, localhost or ::1), where the gateway needs TLS: set "+
				tls+"CERTIFICATE_FILE and "+tls+"KEY_FILE too")
	}
	for variable, address := range map[string]string{
		"INVOICES_GATEWAY__INGEST_ADDRESS":    o.IngestAddress,
		"INVOICES_GATEWAY__SUMMARIZE_ADDRESS": o.SummarizeAddress,
		"INVOICES_GATEWAY__QUERY_ADDRESS":     o.QueryAddress,
	} {
		host, port, err := net.SplitHostPort(address)
		switch {
		case address == "": // it is missing, which has been said
		case err != nil || host == "" || port == "":
			problems.add(variable, "must be HOST:PORT")
		case !o.UpstreamTLS() && !isLoopback(host):
			problems.add(variable, "is not loopback, so that tokens would go in plain text: set "+upstream+"AUTHORITY_FILE too")
		}
	}
	return problems
}

func isLoopback(host string) bool {
	return host == "127.0.0.1" || host == "localhost" || host == "::1" || host == "[::1]"
}

func seconds(number float64) time.Duration { return time.Duration(number * float64(time.Second)) }
