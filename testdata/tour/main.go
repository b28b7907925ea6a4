// Command tour is a small order service for trying goconclint on. It takes
// orders over HTTP, hands them to workers that price them and tell other
// services, and writes a report when it stops. The mistakes that goconclint
// is named for are in it, one of each, and go vet finds none of them.
package main

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"time"

	"github.com/goconclint/goconclint/testdata/tour/config"
	"github.com/goconclint/goconclint/testdata/tour/notify"
	"github.com/goconclint/goconclint/testdata/tour/orders"
	"github.com/goconclint/goconclint/testdata/tour/pricing"
	"github.com/goconclint/goconclint/testdata/tour/reports"
	"github.com/goconclint/goconclint/testdata/tour/workers"
)

func main() {
	path := flag.String("config", "tour.json", "file with the settings")
	flag.Parse()
	settings, err := config.Load(*path)
	if err == nil {
		err = run(settings)
	}
	if err != nil {
		slog.Error("tour stopped", "err", err)
		os.Exit(1)
	}
}

// run serves until the process is interrupted, then finishes the orders it
// has accepted and writes the reports.
func run(settings *config.Config) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	store := orders.NewStore()
	book := pricing.NewBook(settings.Discounts)
	notifier := notify.New(settings.Subscribers)
	pool := workers.Start(settings.Workers, func(order orders.Order) error {
		order.Total = book.Total(order)
		store.Put(order)
		return notifier.Placed(order)
	})

	server := &http.Server{Addr: settings.Addr, Handler: orders.NewHandler(store, pool)}
	served := make(chan error, 1)
	go func() { served <- server.ListenAndServe() }()

	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	return errors.Join(shutdown(server, pool), reports.WriteAll(settings.ReportDir, store.ByCustomer()))
}

func shutdown(server *http.Server, pool *workers.Pool) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	err := server.Shutdown(ctx)
	pool.Stop()
	return err
}
