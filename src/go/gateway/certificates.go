package gateway

import (
	"crypto/tls"
	"crypto/x509"
	"os"

	"google.golang.org/grpc/credentials"
)

func upstreamCredentials(o Options) (credentials.TransportCredentials, error) {
	pem, err := os.ReadFile(o.UpstreamAuthority)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	return credentials.NewTLS(&tls.Config{RootCAs: pool, ServerName: o.UpstreamServerName}), nil
}
