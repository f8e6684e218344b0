// Heartbeat gossip as one would write it: rows of 32-bit heartbeats and 64-bit times, and a copy of the row per message.
// The compiler makes vector instructions of the loops. usage: heartbeat-naive N SECONDS
#include "heartbeat.hpp"

class PlainTables {
 public:
  explicit PlainTables(uint32_t n) : n_(n), heartbeats_(size_t(n) * n), times_(size_t(n) * n) {}

  uint32_t beat(uint32_t node, int64_t now) {
    uint32_t* heartbeats = &heartbeats_[size_t(node) * n_];
    int64_t* times = &times_[size_t(node) * n_];
    heartbeats[node]++;
    times[node] = now;
    uint32_t stale = 0;
    for (uint32_t i = 0; i < n_; i++) stale += now - times[i] > T_FAIL;
    outcome.stale += stale;
    if (free_.empty()) {
      free_.push_back(messages_.size());
      messages_.push_back({std::vector<uint32_t>(n_), 0});
    }
    const uint32_t message = free_.back();
    free_.pop_back();
    std::copy_n(heartbeats, n_, messages_[message].heartbeats.begin());
    messages_[message].unread = FANOUT;
    return message;
  }

  void merge(uint32_t node, uint32_t message, int64_t now) {
    const uint32_t* __restrict told = messages_[message].heartbeats.data();
    uint32_t* __restrict heartbeats = &heartbeats_[size_t(node) * n_];
    int64_t* __restrict times = &times_[size_t(node) * n_];
    const uint32_t n = n_;  // a local: else the compiler must think that a store changes it, and makes no vectors
    uint32_t risen = 0;
    for (uint32_t i = 0; i < n; i++) {
      const bool rises = told[i] > heartbeats[i];
      heartbeats[i] = rises ? told[i] : heartbeats[i];
      times[i] = rises ? now : times[i];
      risen += rises;
    }
    outcome.risen += risen;
    outcome.merges++;
    if (--messages_[message].unread == 0) free_.push_back(message);
  }

  void sum() {
    for (uint32_t subject = 0; subject < n_; subject++) {
      Outcome::sample(subject, n_, [&](uint32_t node) {
        outcome.pairs++;
        outcome.heartbeats += heartbeats_[size_t(node) * n_ + subject];
        outcome.times += times_[size_t(node) * n_ + subject];
      });
    }
  }

  Outcome outcome;

 private:
  struct Message {
    std::vector<uint32_t> heartbeats;
    uint32_t unread;
  };
  const uint32_t n_;
  std::vector<uint32_t> heartbeats_;  // [node * n + subject]
  std::vector<int64_t> times_;        // of the last increase
  std::vector<Message> messages_;
  std::vector<uint32_t> free_;
};

int main(int count, char** words) {
  if (count != 3) refuse("usage: heartbeat-naive N SECONDS");
  const uint32_t n = atol(words[1]);
  const int64_t seconds = atol(words[2]);
  const double before = cpuSeconds();
  PlainTables tables(n);
  tables.outcome.events = play(tables, n, seconds * 1'000'000);
  const double used = cpuSeconds() - before;
  tables.sum();
  tables.outcome.print(used, seconds);
}
