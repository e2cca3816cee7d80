package gateway

import (
	"container/list"
	"net"
	"net/http"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
)

// connections holds clients to a number of connections. Beyond it, the one goes that has been without a request for
// longest, so that nobody keeps others out by connections that do nothing.
type connections struct {
	most  int
	gauge prometheus.Gauge
	mu    sync.Mutex
	open  map[net.Conn]*list.Element // in idle; nil while it has a request
	idle  *list.List                 // net.Conn, the longest idle first
}

func newConnections(most int, gauge prometheus.Gauge) *connections {
	return &connections{most: most, gauge: gauge, open: map[net.Conn]*list.Element{}, idle: list.New()}
}

// changed is for http.Server.ConnState.
func (c *connections) changed(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if waiting := c.open[conn]; waiting != nil {
		c.idle.Remove(waiting)
	}
	switch state {
	case http.StateNew, http.StateIdle:
		c.open[conn] = c.idle.PushBack(conn)
	case http.StateActive:
		c.open[conn] = nil
	case http.StateClosed, http.StateHijacked:
		delete(c.open, conn)
	}
	if state == http.StateNew && len(c.open) > c.most {
		// It is the new one itself where all others have a request.
		go c.idle.Remove(c.idle.Front()).(net.Conn).Close()
	}
	c.gauge.Set(float64(len(c.open)))
}
