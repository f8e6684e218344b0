// A battery of TestU01 on 32-bit words from standard input; usage: battery small|crush|big < words
// Source: L'Ecuyer, Simard, "TestU01: a C library for empirical testing of random number generators", ACM TOMS 33(4), 2007.
// TestU01's own report goes to standard output; the last line is JSON: words read, CPU time, and all p-values.
#include <bbattery.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unif01.h>

#define WORDS (1 << 18)  // read at a time

static uint32_t words[WORDS];
static size_t held = 0, next = 0;
static uint64_t used = 0;

static unsigned int word(void) {
  if (next == held) {
    next = 0;
    held = fread(words, sizeof words[0], WORDS, stdin);
    if (held == 0) {
      fprintf(stderr, "battery: the words have run out.\n");
      exit(2);
    }
  }
  used++;
  return words[next++];
}

static double seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

int main(int count, char** arguments) {
  const char* name = count == 2 ? arguments[1] : "";
  unif01_Gen* generator = unif01_CreateExternGenBits("standard input", word);
  if (strcmp(name, "small") == 0) bbattery_SmallCrush(generator);
  else if (strcmp(name, "crush") == 0) bbattery_Crush(generator);
  else if (strcmp(name, "big") == 0) bbattery_BigCrush(generator);
  else {
    fprintf(stderr, "usage: battery small|crush|big < words\n");
    return 2;
  }
  printf("\n{\"words\":%llu,\"cpu_s\":%.0f,\"p\":[", (unsigned long long)used, seconds());
  for (int i = 0; i < bbattery_NTests; i++) {
    printf("%s[\"%s\",%.15g]", i > 0 ? "," : "", bbattery_TestNames[i], bbattery_pVal[i]);
  }
  printf("]}\n");
  return 0;
}
