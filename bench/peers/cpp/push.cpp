// A push epidemic: whoever hears starts a timer at U(0, 1) s, and then tells two others, ten times, a second apart.
// Latency 1 to 200 ms, 1 % loss, until nothing is left to happen. usage: push QUEUE N
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
  explicit Epidemic(uint32_t n) : n_(n), queue_(n + n / 2, PERIOD), left_(n), heard_(n) {}

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
  Luck luck_;
  Queue queue_;
  std::vector<uint8_t> left_;  // [node] rounds
  std::vector<uint8_t> heard_;
};

template <class Queue>
void measure(uint32_t n) {
  const double before = cpuSeconds();
  Epidemic<Queue> epidemic(n);
  epidemic.run();
  const double seconds = cpuSeconds() - before;
  char check[128];
  snprintf(check, sizeof check, "\"events\":%lu,\"reached\":%u,\"last\":%ld", epidemic.events, epidemic.reached,
           epidemic.last);
  report(seconds, epidemic.events, check);
}

int main(int count, char** words) {
  if (count != 3) refuse("usage: push standard|ladder N");
  const std::string queue = words[1];
  const uint32_t n = atol(words[2]);
  if (queue == "standard") measure<StandardQueue>(n);
  else if (queue == "ladder") measure<ToldLadder>(n);
  else refuse("push: the queue must be standard or ladder.");
}
