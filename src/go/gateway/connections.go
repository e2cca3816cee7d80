package gateway

import (
	"container/list"
	"context"
	"net"
	"net/http"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
)

// connections holds clients to a number of connections. Beyond it, the one goes that has been without a request for
// longest, so that nobody keeps others out by connections that do nothing. A request is one once its headers are there:
// who sends them a byte at a time has none.
type connections struct {
	most  int
	gauge prometheus.Gauge
	mu    sync.Mutex
	open  map[net.Conn]*list.Element // in idle; nil while it has requests
	idle  *list.List                 // net.Conn, the longest idle first
}

type connectionKey struct{}

func newConnections(most int, gauge prometheus.Gauge) *connections {
	return &connections{most: most, gauge: gauge, open: map[net.Conn]*list.Element{}, idle: list.New()}
}

// of has the connections be those of the server, which has not begun yet.
func (c *connections) of(server *http.Server) {
	server.ConnState = c.changed
	server.ConnContext = func(ctx context.Context, conn net.Conn) context.Context {
		return context.WithValue(ctx, connectionKey{}, conn)
	}
	server.Handler = c.serving(server.Handler)
}

func (c *connections) changed(conn net.Conn, state http.ConnState) {
	if state == http.StateActive {
		return // its first byte has come
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.leaveIdle(conn)
	switch state {
	case http.StateNew, http.StateIdle:
		c.open[conn] = c.idle.PushBack(conn)
	case http.StateClosed, http.StateHijacked:
		delete(c.open, conn)
	}
	if state == http.StateNew && len(c.open) > c.most {
		// It is the new one itself where all others have a request.
		go c.idle.Remove(c.idle.Front()).(net.Conn).Close()
	}
	c.gauge.Set(float64(len(c.open)))
}

// serving has the connections that requests come on be no idle ones until they are idle again.
func (c *connections) serving(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn := r.Context().Value(connectionKey{}).(net.Conn)
		c.mu.Lock()
		if _, ok := c.open[conn]; ok {
			c.leaveIdle(conn)
			c.open[conn] = nil
		}
		c.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

func (c *connections) leaveIdle(conn net.Conn) {
	if waiting := c.open[conn]; waiting != nil {
		c.idle.Remove(waiting)
	}
}
