// A push epidemic: whoever hears starts a timer at U(0, 1) s, and then tells two others, ten times, a second apart.
// Latency 1 to 200 ms, 1 % loss, until nothing is left to happen. usage: push QUEUE N [WARM RUNS]: of WARM + RUNS epidemics,
// one after another with the same luck, the latter are measured; without them one.
#include <string>

#include "luck.hpp"
#include "queues.hpp"

constexpr int64_t PERIOD = 1'000'000;
constexpr int ROUNDS = 10;
constexpr int FANOUT = 2;
constexpr uint32_t LOSS = 42'949'673;  // of 2^32: 1 %

template <class Queue>
class Epidemic {
 public:
  Epidemic(uint32_t n, Luck& luck) : n_(n), luck_(luck), queue_(n + n / 2, PERIOD), left_(n), heard_(n) {}

  void run() {
    hear(0, 0);
    while (!queue_.empty()) {
      const uint32_t slot = queue_.pop();
      const int64_t now = queue_.time();
      events++;
      if (slot % 2 == TIMER) round(slot / 2, now);
      else hear(slot / 2, now);
    }
  }

  uint64_t events = 0;
  uint32_t reached = 0;
  int64_t last = 0;  // when the last node heard

 private:
  static constexpr uint32_t MESSAGE = 0;  // slot = 2 * node + kind
  static constexpr uint32_t TIMER = 1;

  void hear(uint32_t node, int64_t now) {
    if (heard_[node]) return;
    heard_[node] = true;
    left_[node] = ROUNDS;
    reached++;
    last = now;
    queue_.push(now + luck_.below(PERIOD), 2 * node + TIMER);
  }

  void round(uint32_t node, int64_t now) {
    for (int i = 0; i < FANOUT; i++) {
      const uint32_t to = luck_.other(node, n_);
      if (luck_.word() < LOSS) continue;
      queue_.push(now + 1'000 + luck_.below(199'001), 2 * to + MESSAGE);
    }
    if (--left_[node] > 0) queue_.push(now + PERIOD, 2 * node + TIMER);
  }

  const uint32_t n_;
  Luck& luck_;
  Queue queue_;
  std::vector<uint8_t> left_;  // [node] rounds
  std::vector<uint8_t> heard_;
};

template <class Queue>
void measure(uint32_t n, uint32_t warm, uint32_t runs) {
  Luck luck;
  uint64_t events = 0, reached = 0;
  int64_t last = 0;
  double before = 0;
  for (uint32_t i = 0; i < warm + runs; i++) {
    if (i == warm) before = cpuSeconds();
    Epidemic<Queue> epidemic(n, luck);
    epidemic.run();
    if (i < warm) continue;
    events += epidemic.events;
    reached += epidemic.reached;
    last += epidemic.last;
  }
  const double seconds = cpuSeconds() - before;
  char check[128];
  snprintf(check, sizeof check, "\"events\":%lu,\"reached\":%lu,\"last\":%ld", events, reached, last);
  report(seconds, events, check);
}

int main(int count, char** words) {
  if (count != 3 && count != 5) refuse("usage: push standard|ladder N [WARM RUNS]");
  const std::string queue = words[1];
  const uint32_t n = atol(words[2]);
  const uint32_t warm = count == 5 ? atol(words[3]) : 0;
  const uint32_t runs = count == 5 ? atol(words[4]) : 1;
  if (queue == "standard") measure<StandardQueue>(n, warm, runs);
  else if (queue == "ladder") measure<ToldLadder>(n, warm, runs);
  else refuse("push: the queue must be standard or ladder.");
}
