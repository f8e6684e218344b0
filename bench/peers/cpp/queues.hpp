// Pending events in order of (time, order of scheduling), three ways. Times are whole microseconds.
#pragma once
#include <algorithm>
#include <cstdint>
#include <queue>
#include <vector>

#include "report.hpp"

struct Event {
  int64_t time;
  uint32_t order;  // of scheduling
  uint32_t slot;
};

inline bool earlier(const Event& a, const Event& b) {
  return a.time < b.time || (a.time == b.time && a.order < b.order);
}

// What the standard library has: a binary heap.
class StandardQueue {
 public:
  StandardQueue(size_t pending, int64_t) {
    std::vector<Event> room;
    room.reserve(pending + 1);
    heap_ = Heap(Later(), std::move(room));
  }

  bool empty() const { return heap_.empty(); }
  int64_t time() const { return time_; }
  void push(int64_t time, uint32_t slot) { heap_.push({time, order_++, slot}); }

  uint32_t pop() {
    const Event first = heap_.top();
    heap_.pop();
    time_ = first.time;
    return first.slot;
  }

 private:
  struct Later {
    bool operator()(const Event& a, const Event& b) const { return earlier(b, a); }
  };
  using Heap = std::priority_queue<Event, std::vector<Event>, Later>;
  Heap heap_;
  uint32_t order_ = 0;
  int64_t time_ = 0;
};

// A heap of four children a node: half as deep.
class QuaternaryHeap {
 public:
  QuaternaryHeap(size_t pending, int64_t) { events_.reserve(pending + 1); }

  bool empty() const { return events_.empty(); }
  const Event& top() const { return events_[0]; }
  int64_t time() const { return time_; }

  void push(int64_t time, uint32_t slot) {
    const Event event{time, order_++, slot};
    size_t at = events_.size();
    events_.push_back(event);
    while (at > 0) {
      const size_t parent = (at - 1) / 4;
      if (!earlier(event, events_[parent])) break;
      events_[at] = events_[parent];
      at = parent;
    }
    events_[at] = event;
  }

  uint32_t pop() {
    const Event first = events_[0];
    const Event last = events_.back();
    events_.pop_back();
    if (!events_.empty()) sink(last);
    time_ = first.time;
    return first.slot;
  }

 private:
  void sink(const Event& event) {
    const size_t size = events_.size();
    size_t at = 0;
    for (size_t child = 1; child < size; child = 4 * at + 1) {
      const size_t end = std::min(child + 4, size);
      size_t least = child;
      for (size_t other = child + 1; other < end; other++) {
        if (earlier(events_[other], events_[least])) least = other;
      }
      if (!earlier(events_[least], event)) break;
      events_[at] = events_[least];
      at = least;
    }
    events_[at] = event;
  }

  std::vector<Event> events_;
  uint32_t order_ = 0;
  int64_t time_ = 0;
};

// The limit: a ladder of one rung that is told beforehand how many events there will be, and that none is scheduled
// further ahead than `horizon`. Buckets of equal width in a circle, each a list of chunks, so that a push is an append
// to one of few places; a bucket whose turn comes is sorted by counting, inside the caches. What is scheduled into the
// bucket being worked off goes into a small heap beside it. Events of one time stay in order of scheduling.
class ToldLadder {
 public:
  ToldLadder(size_t pending, int64_t horizon) : near_(1024, horizon) {
    while (buckets_ < MOST_BUCKETS && buckets_ * PER_BUCKET < pending) buckets_ *= 2;
    while ((int64_t(buckets_) - 1) << shift_ <= horizon) shift_++;
    lists_.resize(buckets_);
    reserve(pending / CHUNK + 2 * buckets_);
  }

  bool empty() const { return size_ == 0; }
  int64_t time() const { return time_; }

  void push(int64_t time, uint32_t slot) {
    size_++;
    const int64_t bucket = time >> shift_;
    if (bucket <= current_) return near_.push(time, slot);
    if (bucket - current_ >= int64_t(buckets_)) refuse("ladder: an event lies beyond the horizon it was told.");
    append(lists_[bucket & (buckets_ - 1)], {time, 0, slot});
  }

  uint32_t pop() {
    while (next_ == sorted_.size() && near_.empty()) open(++current_ & (buckets_ - 1));
    size_--;
    // Of one time, what was there when the bucket was opened was scheduled first.
    if (next_ < sorted_.size() && (near_.empty() || sorted_[next_].time <= near_.top().time)) {
      time_ = sorted_[next_].time;
      return sorted_[next_++].slot;
    }
    const uint32_t slot = near_.pop();
    time_ = near_.time();
    return slot;
  }

 private:
  static constexpr size_t CHUNK = 64;  // events: 1 KiB
  static constexpr size_t PER_BUCKET = 32;
  static constexpr size_t MOST_BUCKETS = 4096;  // places to write at: more do not fit into the caches
  static constexpr uint32_t NONE = ~0u;

  struct List {
    uint32_t first = NONE;
    uint32_t last = NONE;
    uint32_t size = 0;
  };

  void append(List& list, const Event& event) {
    if (list.size % CHUNK == 0) {
      if (free_.empty()) reserve(chunks_.size() / CHUNK + 64);
      const uint32_t chunk = free_.back();
      free_.pop_back();
      following_[chunk] = NONE;
      if (list.size == 0) list.first = chunk;
      else following_[list.last] = chunk;
      list.last = chunk;
    }
    chunks_[list.last * CHUNK + list.size++ % CHUNK] = event;
  }

  void reserve(size_t count) {
    chunks_.resize(count * CHUNK);
    for (size_t chunk = following_.size(); chunk < count; chunk++) free_.push_back(chunk);
    following_.resize(count, NONE);
  }

  // Sorts a bucket's events into `sorted_`, and empties it.
  void open(size_t bucket) {
    List& list = lists_[bucket];
    next_ = 0;
    sorted_.resize(list.size);
    if (list.size == 0) return;
    int fine = 0;  // the bucket is divided into 2^fine cells
    while (fine < shift_ && (1u << fine) < list.size) fine++;
    const int64_t start = current_ << shift_;
    const auto cell = [&](const Event& event) { return (event.time - start) >> (shift_ - fine); };
    counts_.assign((1u << fine) + 1, 0);
    each(list, [&](const Event& event) { counts_[cell(event) + 1]++; });
    for (size_t i = 1; i < counts_.size(); i++) counts_[i] += counts_[i - 1];
    each(list, [&](const Event& event) { sorted_[counts_[cell(event)]++] = event; });
    for (size_t i = 1; i < sorted_.size(); i++) {  // inside the cells
      const Event event = sorted_[i];
      size_t at = i;
      for (; at > 0 && sorted_[at - 1].time > event.time; at--) sorted_[at] = sorted_[at - 1];
      sorted_[at] = event;
    }
    for (uint32_t chunk = list.first; chunk != NONE; chunk = following_[chunk]) free_.push_back(chunk);
    list = List();
  }

  template <class Visit>
  void each(const List& list, Visit visit) const {
    size_t left = list.size;
    for (uint32_t chunk = list.first; chunk != NONE; chunk = following_[chunk]) {
      const Event* events = &chunks_[chunk * CHUNK];
      const size_t count = std::min(left, CHUNK);
      for (size_t i = 0; i < count; i++) visit(events[i]);
      left -= count;
    }
  }

  size_t buckets_ = 64;
  int shift_ = 0;         // a bucket is 2^shift_ microseconds wide
  int64_t current_ = -1;  // the bucket being worked off, counted from time 0
  std::vector<List> lists_;
  std::vector<Event> chunks_;        // [chunk * CHUNK + i]
  std::vector<uint32_t> following_;  // [chunk]
  std::vector<uint32_t> free_;
  std::vector<Event> sorted_;  // the current bucket, worked off up to next_
  std::vector<uint32_t> counts_;
  size_t next_ = 0;
  QuaternaryHeap near_;
  size_t size_ = 0;
  int64_t time_ = 0;
};
