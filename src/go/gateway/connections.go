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
	open  map[net.Conn]*client
	idle  *list.List // net.Conn, the longest idle first
}

type client struct {
	waiting  *list.Element // in idle; nil while it has requests
	requests int           // whose handlers run
}

type connectionKey struct{}

func newConnections(most int, gauge prometheus.Gauge) *connections {
	return &connections{most: most, gauge: gauge, open: map[net.Conn]*client{}, idle: list.New()}
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
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateNew:
		c.open[conn] = &client{waiting: c.idle.PushBack(conn)}
	case http.StateClosed, http.StateHijacked:
		if gone := c.open[conn]; gone != nil && gone.waiting != nil {
			c.idle.Remove(gone.waiting)
		}
		delete(c.open, conn)
	}
	if state == http.StateNew && len(c.open) > c.most {
		// It is the new one itself where all others have a request.
		go c.idle.Remove(c.idle.Front()).(net.Conn).Close()
	}
	c.gauge.Set(float64(len(c.open)))
}

// serving has the connections that requests come on be no idle ones while a handler of theirs runs: what the server says
// of a connection of HTTP/2 may come before its handlers have begun.
func (c *connections) serving(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn := r.Context().Value(connectionKey{}).(net.Conn)
		c.count(conn, 1)
		defer c.count(conn, -1)
		next.ServeHTTP(w, r)
	})
}

func (c *connections) count(conn net.Conn, more int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	of := c.open[conn]
	if of == nil {
		return // it has been closed
	}
	of.requests += more
	switch {
	case of.requests == 0:
		of.waiting = c.idle.PushBack(conn)
	case of.waiting != nil:
		c.idle.Remove(of.waiting)
		of.waiting = nil
	}
}
