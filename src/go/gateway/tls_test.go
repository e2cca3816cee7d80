package gateway

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

// authority signs certificates.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	pem         []byte
}

func newAuthority(t *testing.T) *authority {
	a := &authority{}
	a.pem, _, a.certificate, a.key = signed(t, nil, "authority", time.Now().Add(time.Hour))
	return a
}

// signed returns a certificate for localhost with its key, in PEM too. Without an authority it signs itself.
func signed(t *testing.T, by *authority, name string, until time.Time) ([]byte, []byte, *x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, _ := rand.Int(rand.Reader, big.NewInt(1<<60))
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: until,
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: by == nil, BasicConstraintsValid: true,
	}
	parent, signer := template, key
	if by != nil {
		parent, signer = by.certificate, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	certificate, _ := x509.ParseCertificate(der)
	keyDER, _ := x509.MarshalPKCS8PrivateKey(key)
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}), certificate, key
}

// identityFiles writes a certificate of the authority; again, it takes the place of the one before.
func identityFiles(t *testing.T, folder string, by *authority, name string, until time.Time) (certificate, key string) {
	t.Helper()
	certificatePEM, keyPEM, _, _ := signed(t, by, name, until)
	certificate, key = filepath.Join(folder, "certificate.pem"), filepath.Join(folder, "key.pem")
	write(t, certificate, certificatePEM)
	write(t, key, keyPEM)
	return certificate, key
}

func write(t *testing.T, path string, data []byte) string {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (a *authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool
}

// running returns the address of a gateway that Run runs, and what it logs.
func running(t *testing.T, o Options) (string, *lockedLog) {
	t.Helper()
	log := &lockedLog{}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, o, NewLog(log, "INFO")) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return "127.0.0.1:" + log.await(t, `"port":`), log
}

func TestCertificateIsRenewedWithoutARestart(t *testing.T) {
	authority, folder := newAuthority(t), t.TempDir()
	o := optionsBefore(t, serverOf(&fake{}))
	o.CertificateFile, o.KeyFile = identityFiles(t, folder, authority, "first", time.Now().Add(time.Hour))
	address, log := running(t, o)
	shown := func() string {
		conn, err := tls.Dial("tcp", address, &tls.Config{RootCAs: authority.pool()})
		if err != nil {
			return err.Error()
		}
		defer conn.Close()
		return conn.ConnectionState().PeerCertificates[0].Subject.CommonName
	}
	if got := shown(); got != "first" {
		t.Fatal(got)
	}
	identityFiles(t, folder, authority, "second", time.Now().Add(time.Hour))
	eventually(t, func() bool { return shown() == "second" })
	write(t, o.KeyFile, []byte("no key"))
	told := func(problem string) bool { return strings.Contains(log.String(), `"problem":"`+clientPrefix+problem) }
	eventually(t, func() bool {
		return shown() == "second" && told("CERTIFICATE_FILE: holds no certificate in PEM, or not that")
	})
	identityFiles(t, folder, authority, "third", time.Now().Add(-time.Minute))
	eventually(t, func() bool { return shown() == "second" && told("CERTIFICATE_FILE: has expired") })
	if err := os.Remove(o.KeyFile); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool { return shown() == "second" && told("KEY_FILE: cannot be read: no such file") })
	for end := time.Now().Add(2 * certificateLook); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if got := shown(); got != "second" {
			t.Fatal(got)
		}
	}
	// Each change is told once.
	for _, problem := range []string{"has expired", "cannot be read"} {
		if n := strings.Count(log.String(), problem); n != 1 {
			t.Error(problem, "is told", n, "times")
		}
	}
	identityFiles(t, folder, authority, "fourth", time.Now().Add(2*time.Hour))
	eventually(t, func() bool { return shown() == "fourth" })
	beside := "http://127.0.0.1:" + log.await(t, `"http_port":`)
	if left := secondsLeft(t, beside, "server"); left < 7000 || left > 7300 {
		t.Error(left, "seconds are left of two hours")
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authority.pool()}, ForceAttemptHTTP2: true}}
	answer, err := client.Get("https://" + address + invoicePath)
	if err != nil || answer.StatusCode != 200 || answer.ProtoMajor != 2 || answer.Header.Get("Strict-Transport-Security") == "" {
		t.Fatal(answer, err)
	}
}

// secondsLeft is what the metric says of the certificate that is used so.
func secondsLeft(t *testing.T, beside, use string) float64 {
	t.Helper()
	metrics := send(t, "GET", beside+"/metrics", "").body
	found := regexp.MustCompile(`tls_certificate_expires_timestamp_seconds\{use="` + use + `"\} (\S+)`).FindStringSubmatch(metrics)
	if found == nil {
		t.Fatal("no metric of the certificate that is used as " + use)
	}
	expires, err := strconv.ParseFloat(found[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return expires - float64(time.Now().Unix())
}

func TestNewAuthorityIsThatOfNewConnections(t *testing.T) {
	before, after, folder := newAuthority(t), newAuthority(t), t.TempDir()
	o := optionsBefore(t, serverOf(&fake{}))
	o.CertificateFile, o.KeyFile = identityFiles(t, folder, before, "gateway", time.Now().Add(time.Hour))
	o.ClientAuthorityFile = write(t, filepath.Join(folder, "authority.pem"), before.pem)
	address, _ := running(t, o)
	// The second connection of a client may resume what was agreed on the first.
	clientOf := func(by *authority) func() bool {
		certificate, key, _, _ := signed(t, by, "client", time.Now().Add(time.Hour))
		pair, _ := tls.X509KeyPair(certificate, key)
		client := &http.Client{Transport: &http.Transport{
			TLSClientConfig: &tls.Config{
				RootCAs: before.pool(), Certificates: []tls.Certificate{pair}, ClientSessionCache: tls.NewLRUClientSessionCache(4),
			},
			DisableKeepAlives: true,
		}}
		return func() bool {
			answer, err := client.Get("https://" + address + "/healthz")
			if err == nil {
				answer.Body.Close()
			}
			return err == nil
		}
	}
	old, fresh := clientOf(before), clientOf(after)
	if !old() || fresh() {
		t.Fatal("the authority is another")
	}
	write(t, o.ClientAuthorityFile, append(bytes.Clone(before.pem), after.pem...))
	eventually(t, func() bool { return old() && fresh() })
	write(t, o.ClientAuthorityFile, after.pem)
	eventually(t, func() bool { return !old() && fresh() })
}

func TestClientsShowACertificateWhereThereIsAnAuthority(t *testing.T) {
	authority, folder := newAuthority(t), t.TempDir()
	o := optionsBefore(t, serverOf(&fake{}))
	o.CertificateFile, o.KeyFile = identityFiles(t, folder, authority, "gateway", time.Now().Add(time.Hour))
	o.ClientAuthorityFile = write(t, filepath.Join(folder, "authority.pem"), authority.pem)
	address, _ := running(t, o)
	get := func(certificates ...tls.Certificate) error {
		client := &http.Client{Transport: &http.Transport{
			TLSClientConfig: &tls.Config{RootCAs: authority.pool(), Certificates: certificates}, DisableKeepAlives: true,
		}}
		answer, err := client.Get("https://" + address + "/healthz")
		if err == nil {
			answer.Body.Close()
		}
		return err
	}
	if get() == nil {
		t.Error("a client without a certificate is served")
	}
	certificate, key, _, _ := signed(t, authority, "client", time.Now().Add(time.Hour))
	pair, _ := tls.X509KeyPair(certificate, key)
	if err := get(pair); err != nil {
		t.Error(err)
	}
}

func TestServicesAreReachedByMutualTLSWithCertificatesThatAreRenewed(t *testing.T) {
	authority, folder := newAuthority(t), t.TempDir()
	certificate, key, _, _ := signed(t, authority, "service", time.Now().Add(time.Hour))
	pair, _ := tls.X509KeyPair(certificate, key)
	transport := credentials.NewTLS(&tls.Config{
		Certificates: []tls.Certificate{pair}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: authority.pool(),
	})
	server := serverOf(&fake{}, grpc.Creds(transport))
	o := optionsBefore(t, server)
	o.UpstreamAuthority = write(t, filepath.Join(folder, "authority.pem"), authority.pem)
	o.UpstreamCertificate, o.UpstreamKey = identityFiles(t, folder, authority, "gateway", time.Now().Add(-time.Minute))
	address, log := running(t, o)
	if got := send(t, "GET", "http://"+address+invoicePath, ""); got.status != 503 {
		t.Error("the certificate has expired", got)
	}
	identityFiles(t, folder, authority, "gateway", time.Now().Add(time.Hour))
	eventually(t, func() bool { return send(t, "GET", "http://"+address+invoicePath, "").status == 200 })
	beside := "http://127.0.0.1:" + log.await(t, `"http_port":`)
	if left := secondsLeft(t, beside, "client"); left < 3400 || left > 3600 {
		t.Error(left, "seconds are left of an hour")
	}
}

func TestServicesOfANewAuthorityAreReachedWithoutAFailedCall(t *testing.T) {
	before, after, folder := newAuthority(t), newAuthority(t), t.TempDir()
	current := make(chan tls.Certificate, 1)
	use := func(by *authority) {
		certificate, key, _, _ := signed(t, by, "service", time.Now().Add(time.Hour))
		pair, _ := tls.X509KeyPair(certificate, key)
		select {
		case <-current:
		default:
		}
		current <- pair
	}
	use(before)
	transport := credentials.NewTLS(&tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		pair := <-current
		current <- pair
		return &pair, nil
	}})
	// Connections end all the time, so that there are new ones.
	short := grpc.KeepaliveParams(keepalive.ServerParameters{MaxConnectionAge: 50 * time.Millisecond, MaxConnectionAgeGrace: time.Minute})
	o := optionsBefore(t, serverOf(&fake{}, grpc.Creds(transport), short))
	o.UpstreamAuthority = write(t, filepath.Join(folder, "authority.pem"), before.pem)
	address, log := running(t, o)
	get := func() int { return send(t, "GET", "http://"+address+invoicePath, "").status }
	eventually(t, func() bool { return get() == 200 })
	calls := func(until func() bool) {
		t.Helper()
		for end := time.Now().Add(time.Minute); !until(); {
			if status := get(); status != 200 || time.Now().After(end) {
				t.Fatal(status)
			}
		}
	}
	renewed := func(times int) func() bool {
		return func() bool { return strings.Count(log.String(), "certificates_renewed") == times }
	}
	// Both, then certificates of the new one, then the new one alone.
	write(t, o.UpstreamAuthority, append(bytes.Clone(before.pem), after.pem...))
	calls(renewed(1))
	use(after)
	write(t, o.UpstreamAuthority, after.pem)
	calls(renewed(2))
	last := time.Now().Add(time.Second)
	calls(func() bool { return time.Now().After(last) })
	// Whoever still has one of the old authority is not believed any more.
	use(before)
	eventually(t, func() bool { return get() == 503 })
}

func TestFilesThatCannotBeUsedAreToldByTheirVariables(t *testing.T) {
	folder := t.TempDir()
	junk := write(t, filepath.Join(folder, "junk"), []byte("junk"))
	by := newAuthority(t)
	sound, key := identityFiles(t, folder, by, "gateway", time.Now().Add(time.Hour))
	expired, itsKey := identityFiles(t, t.TempDir(), by, "gateway", time.Now().Add(-time.Minute))
	o := optionsBefore(t, serverOf(&fake{}))
	for want, change := range map[string]func(*Options){
		"INVOICES_GATEWAY__TLS__CERTIFICATE_FILE: holds no":        func(o *Options) { o.CertificateFile, o.KeyFile = junk, junk },
		"INVOICES_GATEWAY__TLS__KEY_FILE: cannot be read: no such": func(o *Options) { o.CertificateFile, o.KeyFile = junk, folder+"/no" },
		"INVOICES_GATEWAY__TLS__CERTIFICATE_FILE: is not for INVOICES_GATEWAY__TLS__NAME": func(o *Options) {
			o.CertificateFile, o.KeyFile, o.Name = sound, key, "elsewhere"
		},
		"INVOICES_GATEWAY__TLS__CERTIFICATE_FILE: has expired": func(o *Options) {
			o.CertificateFile, o.KeyFile, o.Name = expired, itsKey, "localhost"
		},
		"INVOICES_GATEWAY__UPSTREAM_TLS__AUTHORITY_FILE: holds no": func(o *Options) { o.UpstreamAuthority = junk },
		"INVOICES_GATEWAY__PORT: cannot listen there: address already in use": func(o *Options) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { listener.Close() })
			o.Port = portOf(listener)
		},
	} {
		changed := o
		change(&changed)
		err := Run(t.Context(), changed, NewLog(io.Discard, "INFO"))
		if _, ok := err.(Problems); !ok || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q is not %q", err, want)
		}
	}
}

func TestRapidResetsKeepNobodyOut(t *testing.T) {
	authority, folder := newAuthority(t), t.TempDir()
	f := &fake{getInvoice: func(ctx context.Context, _ *invoicesv1.GetInvoiceRequest) (*invoicesv1.Invoice, error) {
		return &invoicesv1.Invoice{}, nil
	}}
	o := optionsBefore(t, serverOf(f))
	o.CertificateFile, o.KeyFile = identityFiles(t, folder, authority, "gateway", time.Now().Add(time.Hour))
	address, _ := running(t, o)
	conn, err := tls.Dial("tcp", address, &tls.Config{RootCAs: authority.pool(), NextProtos: []string{"h2"}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go io.Copy(io.Discard, conn)
	io.WriteString(conn, http2.ClientPreface)
	framer := http2.NewFramer(conn, nil)
	framer.WriteSettings()
	var block strings.Builder
	encoder := hpack.NewEncoder(&block)
	for i := range uint32(20_000) {
		block.Reset()
		for _, field := range [][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "x"}, {":path", invoicePath}} {
			encoder.WriteField(hpack.HeaderField{Name: field[0], Value: field[1]})
		}
		framer.WriteHeaders(http2.HeadersFrameParam{StreamID: 2*i + 1, BlockFragment: []byte(block.String()), EndHeaders: true, EndStream: true})
		if framer.WriteRSTStream(2*i+1, http2.ErrCodeCancel) != nil {
			break // the server has ended the connection
		}
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authority.pool()}, ForceAttemptHTTP2: true}}
	answer, err := client.Get("https://" + address + invoicePath)
	if err != nil || answer.StatusCode != 200 {
		t.Fatal(answer, err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.calls > 10_000 {
		t.Error(f.calls, "calls of one connection have reached the service")
	}
}
