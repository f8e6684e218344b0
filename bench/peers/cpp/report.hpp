// What a program says of itself when it is done: CPU time of the part that is measured, memory, and what it computed.
#pragma once
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

// Seconds of CPU time, user and system, of this process so far.
inline double cpuSeconds() {
  rusage used;
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) { return t.tv_sec + t.tv_usec * 1e-6; };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// The most memory that was ever resident. Not ru_maxrss: that starts with what the parent had at the fork.
inline double peakMb() {
  double kib = 0;
  char line[256];
  if (FILE* status = fopen("/proc/self/status", "r")) {
    while (fgets(line, sizeof line, status)) {
      if (strncmp(line, "VmHWM:", 6) == 0) kib = atof(line + 6);
    }
    fclose(status);
  }
  return kib * 1024 / 1e6;
}

// `units` is what the cost is divided by; `check` the members of a JSON object.
inline void report(double seconds, double units, const char* check) {
  printf("{\"cpu_s\":%.6f,\"units\":%.15g,\"peak_mb\":%.1f,\"check\":{%s}}\n", seconds, units, peakMb(), check);
}

[[noreturn]] inline void refuse(const char* sentence) {
  fprintf(stderr, "%s\n", sentence);
  exit(2);
}
