// Heartbeat gossip, the limit. Who calls whom does not hang on what the tables hold: so the run is recorded first, as a list
// of operations on rows, and then replayed for TILE columns at a time, all rows of which stay in the cache. An entry is two
// bytes: heartbeat, and time of its last increase as the number of an event of the row's own node. A row is copied for
// a message only if it changes before the message is read. usage: heartbeat-tiled N SECONDS
#include <cstring>

#include "heartbeat.hpp"

constexpr uint32_t TILE = 64;  // columns
#if defined(__AVX512BW__)
constexpr uint32_t LANES = 64;  // bytes of a vector of this processor
#elif defined(__AVX2__)
constexpr uint32_t LANES = 32;
#else
constexpr uint32_t LANES = 16;
#endif
constexpr uint32_t MOST_EVENTS = 255;  // of a node: they are numbered by a byte
constexpr uint32_t SELF = ~0u;

typedef uint8_t Bytes __attribute__((vector_size(LANES)));

struct Operation {
  uint32_t row;
  uint32_t from;   // SELF: the node beats
  uint8_t event;   // of the row's node; 0: the row is copied, no event
  uint8_t oldest;  // at a beat: events before this one are older than T_fail
};

// Records a run. Rows from n on are copies.
class Recorder {
 public:
  explicit Recorder(uint32_t n) : n_(n), times(n, std::vector<int64_t>(1)), unread_(n) {}

  uint32_t beat(uint32_t node, int64_t now) {
    const uint8_t event = change(node, now);
    const auto& past = times[node];
    const auto fresh = std::partition_point(past.begin(), past.end(), [&](int64_t t) { return now - t > T_FAIL; });
    operations.push_back({node, SELF, event, uint8_t(fresh - past.begin())});
    if (freeMessages_.empty()) {
      freeMessages_.push_back(messages_.size());
      messages_.emplace_back();
    }
    const uint32_t message = freeMessages_.back();
    freeMessages_.pop_back();
    messages_[message] = {node, FANOUT};
    unread_[node].push_back(message);
    return message;
  }

  void merge(uint32_t node, uint32_t message, int64_t now) {
    const uint8_t event = change(node, now);
    auto& [row, unread] = messages_[message];
    operations.push_back({node, row, event, 0});
    merges++;
    if (--unread > 0) return;
    freeMessages_.push_back(message);
    if (row >= n_) freeCopies_.push_back(row);
    else unread_[row].erase(std::find(unread_[row].begin(), unread_[row].end(), message));
  }

  uint32_t rows() const { return n_ + copies_; }

 private:
  struct Message {
    uint32_t row;
    uint32_t unread;
  };

  // A new event of the node; messages that are its row as it was get a copy.
  uint8_t change(uint32_t node, int64_t now) {
    for (const uint32_t message : unread_[node]) {
      if (freeCopies_.empty()) freeCopies_.push_back(n_ + copies_++);
      messages_[message].row = freeCopies_.back();
      freeCopies_.pop_back();
      operations.push_back({messages_[message].row, node, 0, 0});
    }
    unread_[node].clear();
    times[node].push_back(now);
    if (times[node].size() > MOST_EVENTS) refuse("heartbeat-tiled: a node has more than 254 events; fewer seconds, please.");
    return times[node].size() - 1;
  }

  const uint32_t n_;

 public:
  std::vector<std::vector<int64_t>> times;  // [node][event], event 0 is the start
  std::vector<Operation> operations;
  uint64_t merges = 0;

 private:
  std::vector<Message> messages_;
  std::vector<uint32_t> freeMessages_;
  std::vector<std::vector<uint32_t>> unread_;  // [node] messages that are its row as it is
  uint32_t copies_ = 0;
  std::vector<uint32_t> freeCopies_;
};

// TILE columns of all rows: of each row the heartbeats, then the events.
class Tile {
 public:
  explicit Tile(uint32_t rows) : rows_(rows) {
    cells_ = static_cast<uint8_t*>(aligned_alloc(64, size_t(rows) * 2 * TILE));
    if (cells_ == nullptr) refuse("heartbeat-tiled: out of memory.");
  }
  ~Tile() { free(cells_); }
  Tile(const Tile&) = delete;

  uint8_t* heartbeats(uint32_t row) { return cells_ + size_t(row) * 2 * TILE; }
  uint8_t* events(uint32_t row) { return heartbeats(row) + TILE; }

  // Columns first .. first + width. Counts per lane; a lane is a byte, so it is emptied in time.
  void replay(const std::vector<Operation>& operations, uint32_t first, uint32_t width, Outcome& outcome) {
    memset(cells_, 0, size_t(rows_) * 2 * TILE);
    alignas(64) uint8_t inside[TILE];  // all ones where there is a column
    for (uint32_t i = 0; i < TILE; i++) inside[i] = i < width ? 255 : 0;
    Lanes risen, stale;
    const size_t count = operations.size();
    for (size_t k = 0; k < count; k++) {
      if (k + AHEAD < count) prefetch(operations[k + AHEAD]);
      const Operation& operation = operations[k];
      if (operation.event == 0) memcpy(heartbeats(operation.row), heartbeats(operation.from), TILE);
      else if (operation.from == SELF) beat(operation, first, inside, stale);
      else merge(operation, risen);
    }
    outcome.risen += risen.sum();
    outcome.stale += stale.sum();
  }

 private:
  static constexpr size_t AHEAD = 8;  // operations

  // A count per lane, in bytes; their sum in 64 bits.
  class Lanes {
   public:
    void add(uint32_t part, Bytes mask) { counts_[part] -= mask; }  // a true lane is 255, or -1
    void next() {
      if (++added_ == 255) empty();
    }
    uint64_t sum() {
      empty();
      return sum_;
    }

   private:
    void empty() {
      for (auto& part : counts_) {
        for (uint32_t i = 0; i < LANES; i++) sum_ += part[i];
        part = Bytes{};
      }
      added_ = 0;
    }
    Bytes counts_[TILE / LANES] = {};
    uint32_t added_ = 0;
    uint64_t sum_ = 0;
  };

  void prefetch(const Operation& operation) {
    __builtin_prefetch(heartbeats(operation.row));
    __builtin_prefetch(events(operation.row));
    if (operation.from != SELF) __builtin_prefetch(heartbeats(operation.from));
  }

  void beat(const Operation& operation, uint32_t first, const uint8_t* inside, Lanes& stale) {
    uint8_t* events = this->events(operation.row);
    if (operation.row - first < TILE) {
      heartbeats(operation.row)[operation.row - first]++;
      events[operation.row - first] = operation.event;
    }
    for (uint32_t at = 0; at < TILE; at += LANES) {
      const Bytes old = (Bytes)(*(Bytes*)(events + at) < operation.oldest);
      stale.add(at / LANES, old & *(const Bytes*)(inside + at));
    }
    stale.next();
  }

  void merge(const Operation& operation, Lanes& risen) {
    const uint8_t* told = heartbeats(operation.from);
    uint8_t* heartbeats = this->heartbeats(operation.row);
    uint8_t* events = this->events(operation.row);
    const Bytes event = Bytes{} + operation.event;
    for (uint32_t at = 0; at < TILE; at += LANES) {
      const Bytes theirs = *(const Bytes*)(told + at);
      Bytes& ours = *(Bytes*)(heartbeats + at);
      Bytes& when = *(Bytes*)(events + at);
      const auto rises = theirs > ours;
      when = rises ? event : when;
      ours = rises ? theirs : ours;
      risen.add(at / LANES, (Bytes)rises);
    }
    risen.next();
  }

  const uint32_t rows_;
  uint8_t* cells_;
};

int main(int count, char** words) {
  if (count != 3) refuse("usage: heartbeat-tiled N SECONDS");
  const uint32_t n = atol(words[1]);
  const int64_t seconds = atol(words[2]);
  Outcome outcome;
  const double before = cpuSeconds();
  Recorder recorder(n);
  outcome.events = play(recorder, n, seconds * 1'000'000);
  outcome.merges = recorder.merges;
  Tile tile(recorder.rows());
  for (uint32_t first = 0; first < n; first += TILE) {
    const uint32_t width = std::min(TILE, n - first);
    tile.replay(recorder.operations, first, width, outcome);
    for (uint32_t i = 0; i < width; i++) {
      Outcome::sample(first + i, n, [&](uint32_t node) {
        outcome.pairs++;
        outcome.heartbeats += tile.heartbeats(node)[i];
        outcome.times += recorder.times[node][tile.events(node)[i]];
      });
    }
  }
  outcome.print(cpuSeconds() - before, seconds);
}
