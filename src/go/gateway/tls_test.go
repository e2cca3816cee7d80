package gateway

import (
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
	"strings"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

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
	eventually(t, func() bool { return shown() == "second" && strings.Contains(log.String(), "certificates_unusable") })
	identityFiles(t, folder, authority, "third", time.Now().Add(-time.Minute))
	eventually(t, func() bool { return strings.Contains(shown(), "expired") })
	identityFiles(t, folder, authority, "fourth", time.Now().Add(time.Hour))
	eventually(t, func() bool { return shown() == "fourth" })
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authority.pool()}, ForceAttemptHTTP2: true}}
	answer, err := client.Get("https://" + address + invoicePath)
	if err != nil || answer.StatusCode != 200 || answer.ProtoMajor != 2 || answer.Header.Get("Strict-Transport-Security") == "" {
		t.Fatal(answer, err)
	}
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
	address, _ := running(t, o)
	if got := send(t, "GET", "http://"+address+invoicePath, ""); got.status != 503 {
		t.Error("the certificate has expired", got)
	}
	identityFiles(t, folder, authority, "gateway", time.Now().Add(time.Hour))
	eventually(t, func() bool { return send(t, "GET", "http://"+address+invoicePath, "").status == 200 })
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
