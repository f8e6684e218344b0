/** What words of a scenario file mean, by runs that must be the same, or differ as they say. */
import { describe, expect, it } from 'vitest';
import { loadScenario, type Run, runReplicate } from '../../../src/experiment/scenario/index.ts';

const BASE = 'nodes: 10\nduration: 20s\n';
const run = (text: string): Run =>
  runReplicate(loadScenario(BASE + text, 'c.yaml', []).scenario, 'features', 0);
const measured = (text: string) => run(text).measured;

describe('the same said in two ways is the same run', () => {
  it.each([
    [
      'protocol: push\npartitions: [{side: {zone: 1, of: 2}, at: 1s, heal: 9s}]',
      'protocol: push\npartitions: [{side: 5-9, at: 1s, heal: 9s}]',
    ],
    [
      'protocol: push\nlatency: {law: datacentres, datacentres: 2, within: 1ms, between: 50ms}',
      'protocol: push\nlatency: {law: matrix, rows: [[1ms, 50ms], [50ms, 1ms]]}',
    ],
    [
      'protocol: swim\nfaults: [{fault: outage, zones: 2, which: 1, at: 1s, lasts: 2s}]',
      'protocol: swim\nfaults: [{fault: crash, nodes: {zone: 1, of: 2}, at: 1s, lasts: 2s}]',
    ],
    ['protocol: push\nloss: {law: some, nodes: 3, sent: 0}', 'protocol: push'],
    ['protocol: push\nlatency: {law: empirical, samples: 10ms}', 'protocol: push\nlatency: 10ms'],
    [
      'protocol: {name: ordering, broadcast: direct-mail}\nworkload: {do: read-write, nodes: 1, at: 1s}',
      'protocol: {name: ordering, broadcast: {name: direct-mail}}\nworkload: [{do: read-write, nodes: 1, at: [1s], key: 0, think: 0s}]',
    ],
  ])('%j', (one, other) => {
    expect(run(one).hash).toBe(run(other).hash);
  });
});

describe('the network', () => {
  it('loses what some nodes send, and nothing else', () => {
    const lost =
      'protocol: {name: infect-and-die, fanout: 9}\nloss: {law: some, nodes: 0, sent: 1}';
    expect(measured(lost)).toMatchObject({ reached_all: false, unreached_frac: 0.9 });
    expect(measured(lost.replace('nodes: 0', 'nodes: 1'))).toMatchObject({ reached_all: true });
    expect(measured(lost.replace('sent', 'received'))).toMatchObject({ reached_all: true });
  });

  it('delays by TCP what UDP would lose', () => {
    const mail = 'protocol: direct-mail\nloss: 0.2\n';
    expect(measured(mail)).toMatchObject({ reached_all: false });
    const tcp = measured(`${mail}transport: {name: tcp, connectTimeout: 10s}`);
    expect(tcp).toMatchObject({ reached_all: true, lost_frac: 0 });
    expect(tcp.to_all_ms).toBeGreaterThan(100);
  });

  it('cuts nodes off one by one, and heals them in another order', () => {
    const cuts = 'partitions: [{side: 1-9, at: 0s, heal: 8s, spread: 8s}]';
    const { to_all_ms, to_half_ms } = measured(`protocol: push-pull\n${cuts}`);
    expect(to_all_ms).toBeGreaterThan(8000); // the last to come back comes at 16 s
    expect(to_half_ms).toBeLessThan(to_all_ms as number);
  });

  it('holds back what a stalled node sends', () => {
    const stall = 'faults: [{fault: stall, nodes: 0, blocked: 3s, open: 1s, until: 1s}]';
    const mail = measured(`protocol: direct-mail\n${stall}`);
    expect(mail).toMatchObject({ to_half_ms: 3010, to_all_ms: 3010 });
  });
});

describe('clocks', () => {
  const writes = (faults: string, resolution = 'wall-clock') =>
    measured(
      `protocol: {name: ordering, broadcast: direct-mail, resolution: ${resolution}}
workload: [{do: write, nodes: 0, at: 8s}, {do: write, nodes: 1, at: 9s}, {do: read, nodes: 5, at: 10s}]
faults: [${faults}]`,
    );

  it('that are ahead let the first write win; Lamport stamps do not', () => {
    const ahead = '{fault: clock, nodes: 0, skew: 2s}';
    expect(writes(ahead)).toMatchObject({ wrong_winners_frac: 1, divergent_frac: 0 });
    expect(writes(ahead, 'lamport')).toMatchObject({ wrong_winners_frac: 0, stale_reads_frac: 0 });
  });

  it('are stepped right by NTP, but slewed too slowly', () => {
    const ntp = (more: string) =>
      writes(`{fault: clock, nodes: 0, skew: 2s, ntp: {every: 4s${more}}}`).wrong_winners_frac;
    expect(ntp('')).toBe(0);
    expect(ntp(', stepAbove: 3s')).toBe(1);
    expect(ntp(', from: 8s')).toBe(1); // before 8 s it has not begun
  });
});

describe('what is observed', () => {
  it('of order: the divergence after the last write is the latency', () => {
    const text = `protocol: {name: ordering, broadcast: direct-mail, delivery: causal}
latency: 70ms
workload: {do: operations, until: 5s, readShare: 0, updateShare: 0}`;
    expect(measured(text)).toMatchObject({
      ...{ causal_violations_frac: 0, left_frac: 0, stale_reads_frac: null },
      ...{ divergence_ms: 70, divergent_frac: 0, metadata_bytes: 44 },
    });
  });

  it('of spread: a read is no rumour', () => {
    const text = `protocol: {name: ordering, broadcast: direct-mail}
workload: [{do: read, nodes: 0, at: 1s}, {do: write, nodes: 0, at: 2s}]
observe: spread`;
    expect(measured(text)).toMatchObject({ reached_all: true, unreached_frac: 0, to_all_ms: 10 });
  });

  it('of new lives: newcomers of every kind are seen, and no stranger is a trusted dead', () => {
    const joins = 'faults: [{fault: join, nodes: 7-9, at: 4s}]\nobserve: [lives, views]';
    for (const protocol of ['{name: swim, members: 7}', '{name: heartbeat, failMs: 5s}']) {
      expect(measured(`protocol: ${protocol}\n${joins}`)).toMatchObject({
        ...{ new_lives: 3, unseen_frac: 0, trusted_dead_frac: null },
      });
    }
    const restart = 'faults: [{fault: crash, nodes: 3, at: 4s, lasts: 10s}]\nobserve: lives';
    expect(measured(`protocol: memberlist\n${restart}`)).toMatchObject({ unseen_frac: 0 });
  });

  it('of peaks: messages that wait at slow nodes', () => {
    const slow = 'faults: [{fault: slow, nodes: 0, service: 1s}]\nobserve: peaks';
    const { peak_waiting, wait_ms } = measured(`protocol: pull\n${slow}`);
    expect(peak_waiting).toBeGreaterThan(1);
    expect(wait_ms).toBeGreaterThan(1000);
  });

  it('of loads: fresh ones have no age, and queues are shorter than of jobs at random', () => {
    const load = (more: string) =>
      measured(`protocol: {name: load-balancing, load: 0.9, serviceMs: 50, ${more}}\nwarmUp: 5s`);
    const fresh = load('source: fresh, choices: all');
    expect(fresh).toMatchObject({ load_age_ms: 0, chosen_age_ms: 0 });
    expect(fresh.job_ms).toBeLessThan(load('choices: 1').job_ms as number);
  });

  it('of mappings: the more fits into a message, the fresher they are', () => {
    const stale = (mtu: string) =>
      measured(`protocol: {name: scuttlebutt, keys: 8, rate: 4, mtu: ${mtu}}`).stale_mappings;
    expect(stale('unlimited')).toBeLessThan(stale('3') as number);
  });
});

it('more operations than meters can keep are refused', () => {
  const text = 'protocol: ordering\nworkload: {do: operations, perSecond: 250}';
  expect(() => run(text)).toThrow('c.yaml:4:11: workload: at most 20000 operations; got 2');
});

describe('deaths', () => {
  const of = (protocol: string, more: string) => {
    const text = `${BASE}protocol: ${protocol}\nobserve: [detection, deaths]\n${more}`;
    const { scenario } = loadScenario(text, 'c.yaml', ['duration=2m']);
    return runReplicate(scenario, 'features', 0).measured;
  };

  it('are declared later than suspected, by those that declare them', () => {
    for (const protocol of ['memberlist', 'swim']) {
      const seen = of(protocol, 'faults: [{fault: crash, nodes: 3, at: 10s}]');
      expect(seen).toMatchObject({ detected_all: true, dead_all: true });
      expect(seen.dead_mean_ms).toBeGreaterThan(seen.detect_mean_ms as number);
      expect(seen.dead_last_ms).toBeGreaterThanOrEqual(seen.dead_mean_ms as number);
      expect(seen.false_deaths_per_pair_h).toMatchObject({ count: 0 });
    }
  });

  it('are false where the dead was only paused, and none where it could refute in time', () => {
    const paused = (lasts: string) =>
      of('memberlist', `faults: [{fault: pause, nodes: 3, at: 10s, lasts: ${lasts}}]`);
    const long = paused('40s');
    expect(long.false_deaths_per_pair_h).toMatchObject({ count: 9 }); // by each of the others
    const short = paused('4s');
    expect(short.false_deaths_per_pair_h).toMatchObject({ count: 0 });
    expect((short.mistakes_per_pair_h as { count: number }).count).toBeGreaterThan(0);
  });

  it('are not to be had of a protocol that only suspects', () => {
    expect(() => of('{ name: cassandra, version: 4.1 }', '')).toThrow(
      'c.yaml:4:10: deaths are declared by memberlist and swim; cassandra',
    );
  });
});
