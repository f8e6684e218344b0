// Merging rows of heartbeats, the limit: lanes of a byte, vectors as wide as the processor's, and a count of what rose.
// Sixteen messages, each with half of the entries newer than the one before, into four rows. Each iteration starts with rows
// as they were: that is measured apart, and taken off. usage: merge ENTRIES ITERATIONS
#include <cstring>
#include <vector>

#include "luck.hpp"
#include "report.hpp"

#if defined(__AVX512BW__)
constexpr uint32_t LANES = 64;  // bytes of a vector of this processor
#elif defined(__AVX2__)
constexpr uint32_t LANES = 32;
#else
constexpr uint32_t LANES = 16;
#endif
typedef uint8_t Bytes __attribute__((vector_size(LANES)));

constexpr uint32_t MESSAGES = 16;
constexpr uint32_t RECEIVERS = 4;

class Rows {
 public:
  explicit Rows(uint32_t length)
      : length_(length), stride_((length + 63) / 64 * 64), rows_(room(2 * RECEIVERS)), messages_(room(MESSAGES)) {
    Luck luck;
    std::vector<uint8_t> heartbeats(length, 1);
    for (uint32_t message = 0; message < MESSAGES; message++) {
      for (auto& heartbeat : heartbeats) heartbeat += luck.below(2) == 0;
      memcpy(messages_ + message * stride_, heartbeats.data(), length);
    }
  }

  void reset() {
    memset(rows_, 0, 2 * RECEIVERS * stride_);
    for (uint32_t receiver = 0; receiver < RECEIVERS; receiver++) memset(heartbeats(receiver), 1, length_);
  }

  uint64_t mergeAll() {
    uint64_t risen = 0;
    for (uint32_t message = 0; message < MESSAGES; message++) {
      for (uint32_t receiver = 0; receiver < RECEIVERS; receiver++) {
        risen += merge(heartbeats(receiver), news(receiver), messages_ + message * stride_, message + 1);
      }
    }
    return risen;
  }

  uint64_t state() {
    uint64_t sum = 0;
    for (uint32_t receiver = 0; receiver < RECEIVERS; receiver++) {
      for (uint32_t i = 0; i < length_; i++) sum += (1 + i) * uint64_t(heartbeats(receiver)[i]) + news(receiver)[i];
    }
    return sum;
  }

 private:
  uint8_t* room(uint32_t rows) const {
    auto* bytes = static_cast<uint8_t*>(aligned_alloc(64, rows * stride_));
    if (bytes == nullptr) refuse("merge: out of memory.");
    memset(bytes, 0, rows * stride_);
    return bytes;
  }

  uint8_t* heartbeats(uint32_t receiver) { return rows_ + 2 * receiver * stride_; }
  uint8_t* news(uint32_t receiver) { return heartbeats(receiver) + stride_; }

  // Counts per lane, in bytes, are emptied before they are full.
  __attribute__((noinline)) uint64_t merge(uint8_t* heartbeats, uint8_t* news, const uint8_t* told, uint8_t stamp) {
    constexpr size_t STEP = size_t(255) * LANES;
    uint64_t risen = 0;
    for (size_t first = 0; first < stride_; first += STEP) {
      Bytes counts{};
      const size_t end = first + STEP < stride_ ? first + STEP : stride_;
      for (size_t at = first; at < end; at += LANES) {
        const Bytes theirs = *(const Bytes*)(told + at);
        Bytes& ours = *(Bytes*)(heartbeats + at);
        Bytes& when = *(Bytes*)(news + at);
        const auto rises = theirs > ours;
        when = rises ? Bytes{} + stamp : when;
        ours = rises ? theirs : ours;
        counts -= (Bytes)rises;
      }
      for (uint32_t i = 0; i < LANES; i++) risen += counts[i];
    }
    return risen;
  }

  const uint32_t length_;
  const size_t stride_;
  uint8_t* const rows_;
  uint8_t* const messages_;
};

int main(int count, char** words) {
  if (count != 3) refuse("usage: merge ENTRIES ITERATIONS");
  const uint32_t length = atol(words[1]);
  const uint64_t iterations = atol(words[2]);
  Rows rows(length);
  const double start = cpuSeconds();
  for (uint64_t i = 0; i < iterations; i++) {
    rows.reset();
    asm volatile("" ::: "memory");
  }
  const double between = cpuSeconds();
  uint64_t risen = 0;
  for (uint64_t i = 0; i < iterations; i++) {
    rows.reset();
    risen = rows.mergeAll();
    asm volatile("" ::: "memory");
  }
  const double seconds = (cpuSeconds() - between) - (between - start);
  char check[128];
  snprintf(check, sizeof check, "\"risen\":%lu,\"state\":%lu", risen, rows.state());
  report(seconds > 0 ? seconds : 0, double(iterations) * MESSAGES * RECEIVERS * length, check);
}
