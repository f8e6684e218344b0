// The hold model: take the next of `pending` events, put it back at an increment from now. usage: hold QUEUE PENDING HOLDS
// Source: Jones, "An empirical comparison of priority-queue and event-set implementations", CACM 29(4), 1986.
// Increments: a third timers of 1 s, two thirds latencies of 1 to 200 ms, drawn beforehand: the queue alone is measured.
#include <string>

#include "luck.hpp"
#include "queues.hpp"

constexpr int64_t PERIOD = 1'000'000;
constexpr size_t INCREMENTS = 1 << 16;
constexpr size_t WARM_UP = 1'000'000;  // holds

struct Held {
  double times = 0;    // the sum of all
  uint32_t order = 0;  // over the slots, in the order in which they leave
};

template <class Queue>
Held hold(Queue& queue, const std::vector<uint32_t>& increments, size_t holds) {
  Held held;
  int64_t times = 0;
  for (size_t i = 0; i < holds; i++) {
    const uint32_t slot = queue.pop();
    times += queue.time();
    held.order = held.order * 31 + slot;
    queue.push(queue.time() + increments[i % INCREMENTS], slot);
  }
  held.times = times;
  return held;
}

template <class Queue>
void measure(size_t pending, size_t holds) {
  Luck luck;
  std::vector<uint32_t> increments(INCREMENTS);
  for (auto& increment : increments) increment = luck.below(3) == 0 ? PERIOD : 1'000 + luck.below(199'001);
  Queue queue(pending, PERIOD);
  for (size_t slot = 0; slot < pending; slot++) queue.push(1 + luck.below(increments[slot % INCREMENTS]), slot);
  hold(queue, increments, WARM_UP);
  const double before = cpuSeconds();
  const Held held = hold(queue, increments, holds);
  const double seconds = cpuSeconds() - before;
  char check[128];
  snprintf(check, sizeof check, "\"time\":%ld,\"times\":%.0f,\"order\":%u", queue.time(), held.times, held.order);
  report(seconds, holds, check);
}

int main(int count, char** words) {
  if (count != 4) refuse("usage: hold standard|heap4|ladder PENDING HOLDS");
  const std::string queue = words[1];
  const size_t pending = atol(words[2]), holds = atol(words[3]);
  if (queue == "standard") measure<StandardQueue>(pending, holds);
  else if (queue == "heap4") measure<QuaternaryHeap>(pending, holds);
  else if (queue == "ladder") measure<ToldLadder>(pending, holds);
  else refuse("hold: the queue must be standard, heap4 or ladder.");
}
