package good

import "errors"

// A batcher keeps the slot of a batch that failed, and says so.
type batcher struct {
	room  chan struct{}
	queue [][]byte
	write func([]byte) error
}

func newBatcher(n int, write func([]byte) error) *batcher {
	return &batcher{room: make(chan struct{}, n), write: write}
}

func (b *batcher) Put(data []byte) error {
	if len(data) == 0 {
		return errors.New("nothing to put")
	}
	b.room <- struct{}{}
	b.queue = append(b.queue, data)
	if err := b.write(data); err != nil {
		// The slot of b.room stays taken, since the batch is still in the queue.
		return err
	}
	b.queue = b.queue[1:]
	<-b.room
	return nil
}

// Sync takes a slot for as long as it needs one.
func (b *batcher) Sync(sync func() error) error {
	b.room <- struct{}{}
	err := sync()
	<-b.room
	return err
}
