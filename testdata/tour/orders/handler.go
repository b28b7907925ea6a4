package orders

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
)

// A Queue takes accepted orders for processing.
type Queue interface {
	Submit(ctx context.Context, order Order) error
}

// A Handler serves the orders over HTTP.
type Handler struct {
	store    *Store
	queue    Queue
	accepted map[string]int // orders by customer, for the dashboard
}

// NewHandler returns the routes of the service.
func NewHandler(store *Store, queue Queue) http.Handler {
	h := &Handler{store: store, queue: queue, accepted: make(map[string]int)}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /orders", h.place)
	mux.HandleFunc("GET /orders/{id}", h.show)
	mux.HandleFunc("GET /dashboard", h.dashboard)
	return mux
}

func (h *Handler) place(w http.ResponseWriter, r *http.Request) {
	var order Order
	if err := json.NewDecoder(r.Body).Decode(&order); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if err := order.Validate(); err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	if err := h.queue.Submit(r.Context(), order); err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	h.accepted[order.Customer]++
	w.WriteHeader(http.StatusAccepted)
}

func (h *Handler) show(w http.ResponseWriter, r *http.Request) {
	order, ok := h.store.Get(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	respond(w, order)
}

func (h *Handler) dashboard(w http.ResponseWriter, _ *http.Request) {
	respond(w, h.accepted)
}

func respond(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		slog.Warn("answer not sent", "err", err)
	}
}
