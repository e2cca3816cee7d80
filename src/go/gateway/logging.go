package gateway

import (
	"io"
	"log/slog"
	"time"

	"google.golang.org/grpc/grpclog"
)

// SilenceLibraries has gRPC and grpc-gateway log nothing: they quote what they could not read. It is called before
// anything else of theirs.
func SilenceLibraries() {
	grpclog.SetLoggerV2(grpclog.NewLoggerV2(io.Discard, io.Discard, io.Discard))
}

// NewLog writes one JSON object a line, as the other processes do. No content of a document is in it.
func NewLog(w io.Writer, level string) *slog.Logger {
	handler := slog.NewJSONHandler(w, &slog.HandlerOptions{
		Level: map[string]slog.Level{
			"DEBUG": slog.LevelDebug, "INFO": slog.LevelInfo, "WARNING": slog.LevelWarn, "ERROR": slog.LevelError,
		}[level],
		ReplaceAttr: func(groups []string, attr slog.Attr) slog.Attr {
			if len(groups) > 0 {
				return attr
			}
			switch attr.Key {
			case slog.MessageKey:
				attr.Key = "event"
			case slog.TimeKey:
				return slog.String("time", attr.Value.Time().UTC().Format("2006-01-02T15:04:05.000000Z"))
			case slog.LevelKey:
				if attr.Value.Any() == slog.LevelWarn {
					return slog.String("level", "WARNING")
				}
			}
			return attr
		},
	})
	return slog.New(handler).With("service", "gateway")
}

func milliseconds(d time.Duration) float64 {
	return float64(d.Round(100*time.Microsecond)) / float64(time.Millisecond)
}
