import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a program says of itself when it is done, as bench/peers/cpp/report.hpp does: one line of JSON. */
final class Report {
  private Report() {}

  /** Seconds of CPU time, user and system, of all threads so far: the collector and the compiler count, as in Node. */
  static double cpuSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
  }

  static void print(double seconds, double units, String check) {
    System.out.printf(
        java.util.Locale.ROOT,
        "{\"cpu_s\":%.6f,\"units\":%.0f,\"peak_mb\":%.1f,\"check\":{%s}}%n",
        seconds, units, peakMb(), check);
  }

  /** The most memory that was ever resident. */
  private static double peakMb() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6;
      }
    } catch (IOException error) {
      throw new IllegalStateException("The memory cannot be read from /proc/self/status.", error);
    }
    return 0;
  }
}
