package gateway

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc/credentials"
)

const certificateLook = time.Second

// identity is what one side of TLS shows and trusts. The files are looked at before a handshake, at most once a second,
// so that a certificate that is renewed needs no restart. Where the new ones cannot be used, the old ones stay. The log
// tells of each change once.
type identity struct {
	prefix                                  string // of the variables
	certificateFile, keyFile, authorityFile string
	name                                    string // by which others know it; empty where it may have any
	log                                     *slog.Logger

	mu       sync.Mutex
	looked   time.Time
	contents contents
	held     held
	refused  *refusal // nil while the files hold what is held
}

// contents are those of the three files.
type contents [3][]byte

func (c contents) equal(other contents) bool { return slices.EqualFunc(c[:], other[:], bytes.Equal) }

// refusal is a change that the log has told of.
type refusal struct {
	contents contents
	problem  string
}

// held is what the files hold.
type held struct {
	certificate *tls.Certificate // nil where there is no such file
	authority   *x509.CertPool   // nil where there is no such file
}

// newIdentity returns Problems where the files cannot be used. The name of a file that is empty stands for no file.
func newIdentity(prefix, certificateFile, keyFile, authorityFile, name string, log *slog.Logger) (*identity, error) {
	i := &identity{
		prefix: prefix, certificateFile: certificateFile, keyFile: keyFile, authorityFile: authorityFile, name: name, log: log,
	}
	contents, problems := i.read()
	if len(problems) > 0 {
		return nil, problems
	}
	if i.held, problems = i.parsed(contents); len(problems) > 0 {
		return nil, problems
	}
	i.contents, i.looked = contents, time.Now()
	return i, nil
}

// now returns what the files hold, or did when they could last be used.
func (i *identity) now() held {
	i.mu.Lock()
	defer i.mu.Unlock()
	if time.Since(i.looked) >= certificateLook {
		i.looked = time.Now()
		i.look()
	}
	return i.held
}

func (i *identity) look() {
	contents, problems := i.read()
	var fresh held
	if len(problems) == 0 {
		if contents.equal(i.contents) {
			i.refused = nil
			return
		}
		if again, _ := i.read(); !contents.equal(again) {
			return // they change just now, and may not belong together: the next look sees them whole
		}
		if fresh, problems = i.parsed(contents); len(problems) == 0 {
			problems = i.invalid(fresh) // without a name too: the one of before may hold still
		}
	}
	if len(problems) > 0 {
		problem := strings.ReplaceAll(problems.Error(), "\n", "; ")
		if i.refused == nil || i.refused.problem != problem || !i.refused.contents.equal(contents) {
			i.refused = &refusal{contents, problem}
			i.log.Error("certificates_unusable", "problem", problem)
		}
		return
	}
	i.held, i.contents, i.refused = fresh, contents, nil
	i.log.Info("certificates_renewed", "settings", i.prefix)
}

func (i *identity) read() (contents, Problems) {
	var problems Problems
	var contents contents
	for j, file := range []struct{ name, path string }{
		{"CERTIFICATE_FILE", i.certificateFile}, {"KEY_FILE", i.keyFile}, {i.authorityName(), i.authorityFile},
	} {
		if file.path == "" {
			continue
		}
		var err error
		if contents[j], err = os.ReadFile(file.path); err != nil {
			problems.add(i.prefix+file.name, "cannot be read: "+cause(err))
		}
	}
	return contents, problems
}

func (i *identity) parsed(contents contents) (held, Problems) {
	var fresh held
	var problems Problems
	if i.certificateFile != "" {
		pair, err := tls.X509KeyPair(contents[0], contents[1])
		if err != nil {
			problems.add(i.prefix+"CERTIFICATE_FILE", "holds no certificate in PEM, or not that of the key")
		} else if i.name != "" && pair.Leaf.VerifyHostname(i.name) != nil {
			problems.add(i.prefix+"CERTIFICATE_FILE", "is not for "+i.prefix+"NAME, by which clients know the gateway")
		}
		fresh.certificate = &pair
		if i.name != "" && len(problems) == 0 {
			problems = i.invalid(fresh)
		}
	}
	if i.authorityFile != "" {
		fresh.authority = x509.NewCertPool()
		if !fresh.authority.AppendCertsFromPEM(contents[2]) {
			problems.add(i.prefix+i.authorityName(), "holds no certificate in PEM")
		}
	}
	return fresh, problems
}

// invalid says whether others would refuse the certificate today.
func (i *identity) invalid(fresh held) Problems {
	var problems Problems
	if fresh.certificate == nil {
		return nil
	}
	if now := time.Now(); now.After(fresh.certificate.Leaf.NotAfter) {
		problems.add(i.prefix+"CERTIFICATE_FILE", "has expired")
	} else if now.Before(fresh.certificate.Leaf.NotBefore) {
		problems.add(i.prefix+"CERTIFICATE_FILE", "does not hold yet")
	}
	return problems
}

func (i *identity) authorityName() string {
	if i.prefix == clientPrefix {
		return "CLIENT_AUTHORITY_FILE"
	}
	return "AUTHORITY_FILE"
}

const (
	clientPrefix   = "INVOICES_GATEWAY__TLS__"
	upstreamPrefix = "INVOICES_GATEWAY__UPSTREAM_TLS__"
)

// clientTLS returns how clients are served. With an authority, they must show a certificate of it.
func clientTLS(o Options, metrics *metrics, log *slog.Logger) (*tls.Config, error) {
	identity, err := newIdentity(clientPrefix, o.CertificateFile, o.KeyFile, o.ClientAuthorityFile, o.Name, log)
	if err != nil {
		return nil, err
	}
	metrics.expiries.tell("server", identity)
	protocols := []string{"h2", "http/1.1"}
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		NextProtos: protocols,
		GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
			now := identity.now()
			config := &tls.Config{
				MinVersion: tls.VersionTLS12, NextProtos: protocols, Certificates: []tls.Certificate{*now.certificate},
			}
			if now.authority != nil {
				config.ClientAuth, config.ClientCAs = tls.RequireAndVerifyClientCert, now.authority
			}
			return config, nil
		},
	}, nil
}

// upstreamCredentials are those of TLS to the three processes, as the files are at each handshake.
type upstreamCredentials struct {
	identity   *identity
	serverName string
}

func newUpstreamCredentials(o Options, metrics *metrics, log *slog.Logger) (credentials.TransportCredentials, error) {
	identity, err := newIdentity(upstreamPrefix, o.UpstreamCertificate, o.UpstreamKey, o.UpstreamAuthority, "", log)
	if err != nil {
		return nil, err
	}
	metrics.expiries.tell("client", identity)
	return &upstreamCredentials{identity, o.UpstreamServerName}, nil
}

func (c *upstreamCredentials) ClientHandshake(ctx context.Context, authority string, conn net.Conn) (net.Conn, credentials.AuthInfo, error) {
	return c.current().ClientHandshake(ctx, authority, conn)
}

func (c *upstreamCredentials) ServerHandshake(conn net.Conn) (net.Conn, credentials.AuthInfo, error) {
	return c.current().ServerHandshake(conn)
}

func (c *upstreamCredentials) Info() credentials.ProtocolInfo { return c.current().Info() }

func (c *upstreamCredentials) Clone() credentials.TransportCredentials {
	return &upstreamCredentials{c.identity, c.serverName}
}

func (c *upstreamCredentials) OverrideServerName(name string) error {
	c.serverName = name
	return nil
}

func (c *upstreamCredentials) current() credentials.TransportCredentials {
	now := c.identity.now()
	config := &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: now.authority, ServerName: c.serverName}
	if now.certificate != nil {
		config.Certificates = []tls.Certificate{*now.certificate}
	}
	return credentials.NewTLS(config)
}

// expiries says in metrics when the certificates in use expire.
type expiries struct {
	description *prometheus.Desc
	mu          sync.Mutex
	identities  map[string]*identity
}

func newExpiries() *expiries {
	return &expiries{
		description: prometheus.NewDesc(
			"tls_certificate_expires_timestamp_seconds",
			"When the certificate in use expires, by what it is used as; seconds since 1970.", []string{"use"}, nil,
		),
		identities: map[string]*identity{},
	}
}

// tell has the metrics tell of what the identity shows, if it shows anything.
func (e *expiries) tell(use string, identity *identity) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.identities[use] = identity
}

func (e *expiries) Describe(descriptions chan<- *prometheus.Desc) { descriptions <- e.description }

func (e *expiries) Collect(metrics chan<- prometheus.Metric) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for use, identity := range e.identities {
		if certificate := identity.now().certificate; certificate != nil {
			expires := float64(certificate.Leaf.NotAfter.Unix())
			metrics <- prometheus.MustNewConstMetric(e.description, prometheus.GaugeValue, expires, use)
		}
	}
}
