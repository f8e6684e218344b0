import java.util.Locale;
import peersim.config.Configuration;
import peersim.core.CommonState;
import peersim.core.Control;
import peersim.core.Network;
import peersim.core.Node;
import peersim.edsim.EDProtocol;
import peersim.edsim.EDSimulator;

/**
 * The heartbeat gossip of bench/peers/cpp/heartbeat.hpp on PeerSim's event-driven engine; a unit of time is a microsecond.
 * PeerSim handles simultaneous events in an order of chance: so the counts agree about, not exactly.
 */
public class HeartbeatNode implements EDProtocol {
  private static final Object BEAT = new Object();
  private static final int PERIOD = 1_000_000;
  private static final long T_FAIL = 60_000_000;
  private static final int FANOUT = 2;
  private static final int SAMPLE = 101; // of so many pairs one is summed

  private static final Luck luck = new Luck();
  private static long events;
  private static long merges;
  private static long risen;
  private static long stale;
  private static double before;

  private int[] heartbeats; // [subject]
  private long[] times; // of the last increase

  public HeartbeatNode(String prefix) {}

  @Override
  public Object clone() {
    return new HeartbeatNode("");
  }

  @Override
  public void processEvent(Node node, int pid, Object event) {
    events++;
    if (event == BEAT) beat(node, pid);
    else merge((int[]) event);
  }

  private void beat(Node node, int pid) {
    long now = CommonState.getTime();
    int n = heartbeats.length;
    heartbeats[node.getIndex()]++;
    times[node.getIndex()] = now;
    int old = 0;
    for (int i = 0; i < n; i++) if (now - times[i] > T_FAIL) old++;
    stale += old;
    int[] message = heartbeats.clone();
    for (int i = 0; i < FANOUT; i++) {
      int to = luck.other(node.getIndex(), n);
      EDSimulator.add(1_000 + luck.below(49_001), message, Network.get(to), pid);
    }
    EDSimulator.add(PERIOD, BEAT, node, pid);
  }

  private void merge(int[] told) {
    long now = CommonState.getTime();
    int increased = 0;
    for (int i = 0; i < told.length; i++) {
      if (told[i] <= heartbeats[i]) continue;
      heartbeats[i] = told[i];
      times[i] = now;
      increased++;
    }
    risen += increased;
    merges++;
  }

  public static class Start implements Control {
    public Start(String prefix) {}

    @Override
    public boolean execute() {
      before = Report.cpuSeconds();
      int n = Network.size();
      for (int i = 0; i < n; i++) {
        HeartbeatNode node = (HeartbeatNode) Network.get(i).getProtocol(0);
        node.heartbeats = new int[n];
        node.times = new long[n];
      }
      for (int i = 0; i < n; i++) EDSimulator.add(luck.below(PERIOD), BEAT, Network.get(i), 0);
      return false;
    }
  }

  public static class End implements Control {
    public End(String prefix) {}

    @Override
    public boolean execute() {
      double seconds = Report.cpuSeconds() - before;
      double simulated = Configuration.getLong("simulation.endtime") / 1e6;
      String check = String.format(
          Locale.ROOT,
          "\"events\":%d,\"merges\":%d,\"risen\":%d,\"stale\":%d,\"mean\":%.9f",
          events, merges, risen, stale, meanHeartbeat());
      Report.print(seconds, simulated, check);
      return false;
    }

    /** Over the pairs that the other programs sample. */
    private static double meanHeartbeat() {
      int n = Network.size();
      long sum = 0;
      long pairs = 0;
      for (int subject = 0; subject < n; subject++) {
        for (int node = (SAMPLE - subject % SAMPLE) % SAMPLE; node < n; node += SAMPLE) {
          sum += ((HeartbeatNode) Network.get(node).getProtocol(0)).heartbeats[subject];
          pairs++;
        }
      }
      return (double) sum / pairs;
    }
  }
}
