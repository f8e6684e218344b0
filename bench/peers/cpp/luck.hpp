// The luck that all comparison programs share: with the same seed and the same order of draws they do exactly the same.
// Source: Blackman, Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021: xoshiro128**.
// Only whole numbers are drawn, so that no program depends on how a compiler rounds. The same in bench/peers/luck.ts.
#pragma once
#include <cstdint>

class Luck {
 public:
  Luck() {
    for (int i = 0; i < 50; i++) word();  // away from the seed, which is mostly zeros
  }

  uint32_t word() {
    const uint32_t result = rotated(state_[1] * 5, 7) * 9;
    const uint32_t shifted = state_[1] << 9;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotated(state_[3], 11);
    return result;
  }

  // A whole number in [0, bound).
  uint32_t below(uint32_t bound) { return (uint64_t(word()) * bound) >> 32; }

  // One of n nodes, but `node`.
  uint32_t other(uint32_t node, uint32_t n) {
    const uint32_t drawn = below(n - 1);
    return drawn < node ? drawn : drawn + 1;
  }

 private:
  static uint32_t rotated(uint32_t x, int by) { return (x << by) | (x >> (32 - by)); }
  uint32_t state_[4] = {1, 2, 3, 4};
};
