// Command gateway serves the gRPC API as JSON over HTTP. Its settings are environment variables: docs/configuration.md.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"invoicesummarizer.com/gateway"
)

const (
	exitFault = 1
	exitUsage = 2
)

func main() {
	untilStdinEnds := len(os.Args) == 2 && os.Args[1] == "--until-stdin-ends"
	if len(os.Args) > 1 && !untilStdinEnds {
		fmt.Println("gateway takes no arguments but --until-stdin-ends: its settings are environment variables, see docs/configuration.md")
		if argument := os.Args[1]; len(os.Args) == 2 && (argument == "-h" || argument == "--help") {
			return
		}
		os.Exit(exitUsage)
	}
	options, problems := gateway.ReadOptions(os.Environ())
	if len(problems) > 0 {
		fail(problems)
	}
	gateway.SilenceLibraries()
	if os.Getenv("GOGC") == "" {
		// Most of its work is JSON, and most of that is memory for a moment: a heap of a few MiB may grow before it is
		// looked through. A sixth more calls a second (benchmarks/rest_gateway.py).
		debug.SetGCPercent(400)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if untilStdinEnds {
		// Whoever started it holds the other end, and has ended when that closes.
		go func() {
			io.Copy(io.Discard, os.Stdin)
			stop()
		}()
	}
	log := gateway.NewLog(os.Stderr, options.LogLevel)
	if err := gateway.Run(ctx, options, log); err != nil {
		if errors.As(err, &problems) {
			fail(problems)
		}
		log.Error("part_ended", "part", "the server", "error", fmt.Sprintf("%T", err))
		os.Exit(exitFault)
	}
}

func fail(problems gateway.Problems) {
	fmt.Fprintln(os.Stderr, problems.Error())
	os.Exit(exitUsage)
}
