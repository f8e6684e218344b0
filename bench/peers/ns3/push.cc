// The push epidemic of bench/peers/cpp/push.cpp on ns-3's event scheduler: callbacks only, no packets and no devices, which
// is the least that ns-3 can be asked to do. usage: push SCHEDULER N [WARM RUNS], where SCHEDULER is map (ns-3's default) or
// heap; of WARM + RUNS epidemics, one after another with the same luck, the latter are measured; without them one.
#include <ns3/core-module.h>

#include <string>
#include <vector>

#include "../cpp/luck.hpp"
#include "../cpp/report.hpp"

using ns3::MicroSeconds;
using ns3::Simulator;

constexpr int64_t PERIOD = 1'000'000;
constexpr int ROUNDS = 10;
constexpr int FANOUT = 2;
constexpr uint32_t LOSS = 42'949'673;  // of 2^32: 1 %

class Epidemic {
 public:
  Epidemic(uint32_t n, Luck& luck) : n_(n), luck_(luck), left_(n), heard_(n) {}

  void hear(uint32_t node) {
    if (heard_[node]) return;
    heard_[node] = true;
    left_[node] = ROUNDS;
    reached++;
    last = Simulator::Now().GetMicroSeconds();
    Simulator::Schedule(MicroSeconds(luck_.below(PERIOD)), &Epidemic::round, this, node);
  }

  uint64_t events = 0;
  uint32_t reached = 0;
  int64_t last = 0;  // when the last node heard

 private:
  void receive(uint32_t node) {
    events++;
    hear(node);
  }

  void round(uint32_t node) {
    events++;
    for (int i = 0; i < FANOUT; i++) {
      const uint32_t drawn = luck_.other(node, n_);
      if (luck_.word() < LOSS) continue;
      Simulator::Schedule(MicroSeconds(1'000 + luck_.below(199'001)), &Epidemic::receive, this, drawn);
    }
    if (--left_[node] > 0) Simulator::Schedule(MicroSeconds(PERIOD), &Epidemic::round, this, node);
  }

  const uint32_t n_;
  Luck& luck_;
  std::vector<uint8_t> left_;  // [node] rounds
  std::vector<uint8_t> heard_;
};

int main(int count, char** words) {
  if (count != 3 && count != 5) refuse("usage: push map|heap N [WARM RUNS]");
  const std::string scheduler = words[1];
  if (scheduler == "heap") ns3::GlobalValue::Bind("SchedulerType", ns3::StringValue("ns3::HeapScheduler"));
  else if (scheduler != "map") refuse("push: the scheduler must be map or heap.");
  const uint32_t warm = count == 5 ? atol(words[3]) : 0;
  const uint32_t runs = count == 5 ? atol(words[4]) : 1;
  Luck luck;
  uint64_t events = 0, reached = 0;
  int64_t last = 0;
  double before = 0;
  for (uint32_t i = 0; i < warm + runs; i++) {
    if (i > 0) Simulator::Destroy();
    if (i == warm) before = cpuSeconds();
    Epidemic epidemic(atol(words[2]), luck);
    epidemic.hear(0);
    Simulator::Run();
    if (i < warm) continue;
    events += epidemic.events;
    reached += epidemic.reached;
    last += epidemic.last;
  }
  const double seconds = cpuSeconds() - before;
  char check[128];
  snprintf(check, sizeof check, "\"events\":%lu,\"reached\":%lu,\"last\":%ld", events, reached, last);
  report(seconds, events, check);
  Simulator::Destroy();
}
