import peersim.core.CommonState;
import peersim.core.Control;
import peersim.core.Network;
import peersim.core.Node;
import peersim.edsim.EDProtocol;
import peersim.edsim.EDSimulator;

/**
 * The push epidemic of bench/peers/cpp/push.cpp on PeerSim's event-driven engine; a unit of time is a microsecond. PeerSim
 * handles simultaneous events in an order of chance: so the counts agree about, not exactly.
 */
public class PushNode implements EDProtocol {
  private static final Object RUMOUR = new Object();
  private static final Object TIMER = new Object();
  private static final int PERIOD = 1_000_000;
  private static final int ROUNDS = 10;
  private static final int FANOUT = 2;
  private static final long LOSS = 42_949_673; // of 2^32: 1 %

  private static final Luck luck = new Luck();
  private static long events;
  private static long reached;
  private static long last; // when the last node heard
  private static double before;

  private boolean heard;
  private int left; // rounds

  public PushNode(String prefix) {}

  @Override
  public Object clone() {
    return new PushNode("");
  }

  @Override
  public void processEvent(Node node, int pid, Object event) {
    events++;
    if (event == RUMOUR) hear(node, pid);
    else round(node, pid);
  }

  private void hear(Node node, int pid) {
    if (heard) return;
    heard = true;
    left = ROUNDS;
    reached++;
    last = CommonState.getTime();
    EDSimulator.add(luck.below(PERIOD), TIMER, node, pid);
  }

  private void round(Node node, int pid) {
    for (int i = 0; i < FANOUT; i++) {
      int to = luck.other(node.getIndex(), Network.size());
      if (luck.word() < LOSS) continue;
      EDSimulator.add(1_000 + luck.below(199_001), RUMOUR, Network.get(to), pid);
    }
    if (--left > 0) EDSimulator.add(PERIOD, TIMER, node, pid);
  }

  public static class Start implements Control {
    public Start(String prefix) {}

    @Override
    public boolean execute() {
      before = Report.cpuSeconds();
      Node first = Network.get(0);
      ((PushNode) first.getProtocol(0)).hear(first, 0);
      return false;
    }
  }

  public static class End implements Control {
    public End(String prefix) {}

    @Override
    public boolean execute() {
      double seconds = Report.cpuSeconds() - before;
      String check = String.format("\"events\":%d,\"reached\":%d,\"last\":%d", events, reached, last);
      Report.print(seconds, events, check);
      return false;
    }
  }
}
