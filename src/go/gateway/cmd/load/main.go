// Load asks for one invoice again and again, by REST or by gRPC, and prints how long the answers took as JSON.
//
// Without a rate, each connection asks as soon as it has its answer. With one, questions are due at fixed times,
// and an answer's time counts from when its question was due, so that a server that stands still is not spared.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

	invoicesv1 "invoicesummarizer.com/gateway/gen/invoices/v1"
)

type ask func() error

type measured struct {
	CallsPerSecond float64 `json:"calls_per_second"`
	MedianSeconds  float64 `json:"median_seconds"`
	P99Seconds     float64 `json:"p99_seconds"`
}

func main() {
	rest := flag.String("rest", "", "where the gateway is, such as http://127.0.0.1:8080")
	direct := flag.String("grpc", "", "HOST:PORT of a gRPC server, in place of -rest")
	name := flag.String("name", "", "name of the invoice")
	calls := flag.Int("calls", 1000, "how many calls in all")
	connections := flag.Int("connections", 1, "connections, each with one call at a time")
	rate := flag.Float64("rate", 0, "calls a second; 0 is as many as there can be")
	flag.Parse()
	token := os.Getenv("TOKEN") // and not an argument, which others see
	asks := make([]ask, *connections)
	for i := range asks {
		if *rest != "" {
			asks[i] = overRest(*rest+"/v1/"+*name, token)
		} else {
			asks[i] = overGrpc(*direct, *name, token)
		}
	}
	result, err := run(asks, *calls, *rate)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(result)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(asks []ask, calls int, rate float64) (measured, error) {
	for _, each := range asks { // connects
		if err := each(); err != nil {
			return measured{}, err
		}
	}
	began := time.Now()
	due := make(chan time.Time)
	go func() {
		defer close(due)
		for i := range calls {
			at := time.Now()
			if rate > 0 {
				at = began.Add(time.Duration(float64(i) / rate * float64(time.Second)))
				time.Sleep(time.Until(at))
			}
			due <- at
		}
	}()
	var all []time.Duration
	var failure error
	var lock sync.Mutex
	var workers sync.WaitGroup
	for _, each := range asks {
		workers.Go(func() {
			var mine []time.Duration
			var failed error
			for at := range due {
				if rate == 0 {
					at = time.Now()
				}
				if err := each(); err != nil {
					failed = err
				}
				mine = append(mine, time.Since(at))
			}
			lock.Lock()
			defer lock.Unlock()
			all = append(all, mine...)
			if failed != nil {
				failure = failed
			}
		})
	}
	workers.Wait()
	took := time.Since(began)
	slices.Sort(all)
	return measured{
		CallsPerSecond: float64(calls) / took.Seconds(),
		MedianSeconds:  all[len(all)/2].Seconds(),
		P99Seconds:     all[len(all)*99/100].Seconds(),
	}, failure
}

func overRest(url, token string) ask {
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1, MaxIdleConnsPerHost: 1}}
	return func() error {
		request, err := http.NewRequest(http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		request.Header.Set("Authorization", "Bearer "+token)
		answer, err := client.Do(request)
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			return err
		}
		if answer.StatusCode != http.StatusOK {
			return fmt.Errorf("status %d", answer.StatusCode)
		}
		return nil
	}
}

func overGrpc(address, name, token string) ask {
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return func() error { return err }
	}
	query := invoicesv1.NewQueryServiceClient(connection)
	ctx := metadata.AppendToOutgoingContext(context.Background(), "authorization", "Bearer "+token, "x-request-id", "load")
	return func() error {
		_, err := query.GetInvoice(ctx, &invoicesv1.GetInvoiceRequest{Name: name})
		return err
	}
}
