// The push epidemic of bench/peers/cpp/push.cpp by SimGrid's actors: a receiver per node, and a teller for whoever has heard.
// SimGrid has no latency that is drawn per message: here each takes 100 ms, about the mean of 1 to 200 ms, in the CM02 model
// without cross traffic, the cheapest that we found. So the counts agree about, not exactly. usage: push N
#include <simgrid/s4u.hpp>
#include <string>
#include <vector>

#include "../cpp/luck.hpp"
#include "../cpp/report.hpp"

namespace sg = simgrid::s4u;

constexpr double HALF_LATENCY_S = 0.05;  // a message crosses two links
constexpr int ROUNDS = 10;
constexpr int FANOUT = 2;
constexpr uint32_t LOSS = 42'949'673;  // of 2^32: 1 %
constexpr double QUIET_S = 30;         // nothing for so long: it is over

class Epidemic {
 public:
  explicit Epidemic(uint32_t n) : n_(n), heard_(n) {
    auto* zone = sg::create_star_zone("zone");
    for (uint32_t node = 0; node < n; node++) {
      const std::string name = std::to_string(node);
      auto* host = zone->create_host("host" + name, 1e9);
      auto* link = zone->create_link("link" + name, 1e12);
      link->set_latency(HALF_LATENCY_S);
      link->set_sharing_policy(sg::Link::SharingPolicy::FATPIPE);
      link->seal();
      zone->add_route(host->get_netpoint(), nullptr, nullptr, nullptr, {sg::LinkInRoute(link)}, true);
      hosts_.push_back(host);
      mailboxes_.push_back(sg::Mailbox::by_name("box" + name));
    }
    zone->seal();
    for (uint32_t node = 0; node < n; node++) {
      sg::Actor::create("receiver", hosts_[node], [this, node] { receive(node); })->daemonize();
    }
    sg::Actor::create("watcher", hosts_[0], [this] { watch(); });
  }

  uint64_t events = 0;
  uint32_t reached = 0;
  double last = 0;  // when the last node heard

 private:
  void receive(uint32_t node) {
    if (node == 0) hear(node);
    for (;;) {
      mailboxes_[node]->get<int>();
      events++;
      hear(node);
    }
  }

  void hear(uint32_t node) {
    if (heard_[node]) return;
    heard_[node] = true;
    reached++;
    last = sg::Engine::get_clock();
    sg::Actor::create("teller", hosts_[node], [this, node] { tell(node); });
  }

  void tell(uint32_t node) {
    sg::this_actor::sleep_for(luck_.below(1'000'000) / 1e6);
    for (int round = 0; round < ROUNDS; round++) {
      if (round > 0) sg::this_actor::sleep_for(1);
      events++;
      for (int i = 0; i < FANOUT; i++) {
        const uint32_t to = luck_.other(node, n_);
        if (luck_.word() >= LOSS) mailboxes_[to]->put_init(&rumour_, 100)->detach();
      }
    }
  }

  // The simulation ends with the last actor that is no daemon.
  void watch() const {
    for (uint64_t before = ~0ull; before != events; sg::this_actor::sleep_for(QUIET_S)) before = events;
  }

  const uint32_t n_;
  Luck luck_;
  int rumour_ = 0;
  std::vector<uint8_t> heard_;
  std::vector<sg::Host*> hosts_;
  std::vector<sg::Mailbox*> mailboxes_;
};

int main(int count, char** words) {
  sg::Engine engine(&count, words);
  sg::Engine::set_config("network/model:CM02");
  sg::Engine::set_config("network/crosstraffic:0");
  sg::Engine::set_config("network/TCP-gamma:0");
  sg::Engine::set_config("contexts/stack-size:32");  // KiB: there are two actors a node
  sg::Engine::set_config("contexts/guard-size:0");
  if (count != 2) refuse("usage: push N");
  Epidemic epidemic(atol(words[1]));  // building the platform is not measured
  const double before = cpuSeconds();
  engine.run();
  const double seconds = cpuSeconds() - before;
  char check[128];
  snprintf(check, sizeof check, "\"events\":%lu,\"reached\":%u,\"last\":%.0f", epidemic.events, epidemic.reached,
           epidemic.last * 1e6);
  report(seconds, epidemic.events, check);
}
