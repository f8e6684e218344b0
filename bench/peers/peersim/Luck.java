/** xoshiro128**, as in bench/peers/cpp/luck.hpp: only whole numbers are drawn. */
final class Luck {
  private int a = 1;
  private int b = 2;
  private int c = 3;
  private int d = 4;

  Luck() {
    for (int i = 0; i < 50; i++) word(); // away from the seed, which is mostly zeros
  }

  /** 32 bits, as an unsigned number. */
  long word() {
    int result = Integer.rotateLeft(b * 5, 7) * 9;
    int shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = Integer.rotateLeft(d, 11);
    return Integer.toUnsignedLong(result);
  }

  /** A whole number in [0, bound). */
  int below(int bound) {
    return (int) ((word() * bound) >>> 32);
  }

  /** One of n nodes, but `node`. */
  int other(int node, int n) {
    int drawn = below(n - 1);
    return drawn < node ? drawn : drawn + 1;
  }
}
