package gateway

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"google.golang.org/grpc/credentials"
)

const certificateLook = time.Second

// identity is what one side of TLS shows and trusts. The files are looked at before a handshake, at most once a second,
// so that a certificate that is renewed needs no restart. Where the new ones cannot be used, the old ones stay.
type identity struct {
	prefix                                  string // of the variables
	certificateFile, keyFile, authorityFile string
	name                                    string // by which others know it; empty where it may have any
	log                                     *slog.Logger

	mu       sync.Mutex
	looked   time.Time
	contents [][]byte
	held     held
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
	if time.Since(i.looked) < certificateLook {
		return i.held
	}
	i.looked = time.Now()
	contents, problems := i.read()
	same := len(problems) == 0
	for j := range contents {
		same = same && bytes.Equal(contents[j], i.contents[j])
	}
	if same {
		return i.held
	}
	var fresh held
	if len(problems) == 0 {
		fresh, problems = i.parsed(contents)
	}
	if len(problems) > 0 {
		i.log.Error("certificates_unusable", "problem", problems.Error())
		return i.held
	}
	i.held, i.contents = fresh, contents
	i.log.Info("certificates_renewed", "settings", i.prefix)
	return i.held
}

func (i *identity) read() ([][]byte, Problems) {
	var problems Problems
	contents := make([][]byte, 3)
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

func (i *identity) parsed(contents [][]byte) (held, Problems) {
	var fresh held
	var problems Problems
	if i.certificateFile != "" {
		pair, err := tls.X509KeyPair(contents[0], contents[1])
		if err != nil {
			problems.add(i.prefix+"CERTIFICATE_FILE", "holds no certificate in PEM, or not that of the key")
		} else if i.name != "" && pair.Leaf.VerifyHostname(i.name) != nil {
			problems.add(i.prefix+"CERTIFICATE_FILE", "is not for "+i.prefix+"NAME, by which clients know the gateway")
		} else if i.name != "" && time.Now().After(pair.Leaf.NotAfter) {
			problems.add(i.prefix+"CERTIFICATE_FILE", "has expired")
		}
		fresh.certificate = &pair
	}
	if i.authorityFile != "" {
		fresh.authority = x509.NewCertPool()
		if !fresh.authority.AppendCertsFromPEM(contents[2]) {
			problems.add(i.prefix+i.authorityName(), "holds no certificate in PEM")
		}
	}
	return fresh, problems
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
func clientTLS(o Options, log *slog.Logger) (*tls.Config, error) {
	identity, err := newIdentity(clientPrefix, o.CertificateFile, o.KeyFile, o.ClientAuthorityFile, o.Name, log)
	if err != nil {
		return nil, err
	}
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

func newUpstreamCredentials(o Options, log *slog.Logger) (credentials.TransportCredentials, error) {
	identity, err := newIdentity(upstreamPrefix, o.UpstreamCertificate, o.UpstreamKey, o.UpstreamAuthority, "", log)
	if err != nil {
		return nil, err
	}
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
