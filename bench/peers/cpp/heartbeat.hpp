// Heartbeat gossip with full tables: who calls whom, and when. The same for every way of keeping the tables.
// Every node beats each second from U(0, 1) s on: it increases its own heartbeat, counts whom it has not heard of for T_fail,
// and sends its table to two others, 1 to 50 ms. Who receives one takes the larger heartbeats, with the time.
#pragma once
#include <algorithm>
#include <vector>

#include "luck.hpp"
#include "queues.hpp"

constexpr int64_t PERIOD = 1'000'000;
constexpr int64_t T_FAIL = 60'000'000;  // longer than news takes to reach the last: nobody is suspected
constexpr uint32_t FANOUT = 2;

// Plays a run on `Tables`: beat(node, now) makes a message that can be read FANOUT times; merge(node, message, now).
template <class Tables>
uint64_t play(Tables& tables, uint32_t n, int64_t until) {
  struct Sent {
    uint32_t to;
    uint32_t message;
  };
  Luck luck;
  StandardQueue queue(n + n / 2, PERIOD);
  std::vector<Sent> sent;  // [place]
  std::vector<uint32_t> free;
  uint64_t events = 0;
  for (uint32_t node = 0; node < n; node++) queue.push(luck.below(PERIOD), node);
  for (;;) {
    const uint32_t slot = queue.pop();  // below n a node that beats, from there on the place of a message
    const int64_t now = queue.time();
    if (now >= until) return events;
    events++;
    if (slot >= n) {
      const Sent arrived = sent[slot - n];
      free.push_back(slot - n);
      tables.merge(arrived.to, arrived.message, now);
      continue;
    }
    const uint32_t message = tables.beat(slot, now);
    for (uint32_t i = 0; i < FANOUT; i++) {
      if (free.empty()) {
        free.push_back(sent.size());
        sent.emplace_back();
      }
      const uint32_t place = free.back();
      free.pop_back();
      sent[place] = {luck.other(slot, n), message};
      queue.push(now + 1'000 + luck.below(49'001), n + place);
    }
    queue.push(now + PERIOD, slot);
  }
}

// What came of a run. Of the tables, the pairs with (node + subject) % SAMPLE = 0 are summed: all would take longer than the run.
struct Outcome {
  static constexpr uint32_t SAMPLE = 101;
  uint64_t events = 0;
  uint64_t merges = 0;
  uint64_t risen = 0;  // entries that a merge has increased
  uint64_t stale = 0;  // entries older than T_fail at a beat
  uint64_t pairs = 0;
  uint64_t heartbeats = 0;
  uint64_t times = 0;

  // Calls add(node) for the nodes whose entry about the subject is in the sample.
  template <class Add>
  static void sample(uint32_t subject, uint32_t n, Add add) {
    for (uint32_t node = (SAMPLE - subject % SAMPLE) % SAMPLE; node < n; node += SAMPLE) add(node);
  }

  void print(double seconds, double simulatedSeconds) const {
    char check[256];
    snprintf(check, sizeof check,
             "\"events\":%lu,\"merges\":%lu,\"risen\":%lu,\"stale\":%lu,\"heartbeats\":%lu,\"times\":%lu,\"mean\":%.9f",
             events, merges, risen, stale, heartbeats, times, double(heartbeats) / pairs);
    report(seconds, simulatedSeconds, check);
  }
};
