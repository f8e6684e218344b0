/**
 * A Cassandra cluster is cut in two for a while and heals; later one node is killed. How soon does everybody see
 * everybody up again, and what has the cut done to the detector?
 */
import { quantile } from '../base/statistics.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import { type NodeId, type Observer, SUSPECTED, TRUSTED } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { crash } from '../faults/crash.ts';
import { constant } from '../network/latency.ts';
import { partitioned } from '../network/partition.ts';
import { type CassandraMessage, ECHO } from '../protocols/cassandra/messages.ts';
import type { CassandraOptions } from '../protocols/cassandra/options.ts';
import { meansOfSilence } from './cassandra-detection-theory.ts';
import { type CassandraProbe, cassandraProbe } from './cassandra-probe.ts';

const LATENCY_MS = 0.5;

export interface CutOptions {
  /** Nodes of the one side, the first ones, and of the other; the last node is the one that is killed. */
  readonly many: number;
  readonly few: number;
  readonly options: CassandraOptions & { readonly threshold: number };
  /** Until the cut, its length, and from the healing until the kill. */
  readonly uptimeS: number;
  readonly cutS: number;
  readonly killAfterS: number;
  readonly seed: string;
}

/** Times in s. */
export interface CutStory {
  /** Share of the pairs across that are DOWN when it heals. */
  readonly down_share: number;
  /** From the healing: the first UP across; when half of the nodes, and all, see everybody UP. */
  readonly first_s: number | null;
  readonly view_median_s: number | null;
  readonly view_last_s: number | null;
  /** Sent from the healing until then. */
  readonly echoes_per_pair: number | null;
  /** Convictions within a side, or after the healing and before the kill. */
  readonly mistakes: number;
  /** From the kill until DOWN, and mean of the windows: of the observers across, and of those on the same side. */
  readonly across_median_s: number | null;
  readonly across_mean_s: number | null;
  readonly across_last_s: number | null;
  readonly across_window_s: number | null;
  readonly across_samples: number | null;
  /** The last news of the victim, since the kill. */
  readonly across_news_s: number | null;
  /** From that until DOWN. */
  readonly across_silence_s: number | null;
  readonly same_mean_s: number | null;
  readonly same_window_s: number | null;
}

/** Runs that story once, from the start of the cluster to the death of the node that is killed. */
export function cutAndHeal(given: CutOptions): CutStory {
  const { many, few, options, uptimeS, cutS, killAfterS, seed } = given;
  const n = many + few;
  const healsS = uptimeS + cutS;
  const killS = healsS + killAfterS;
  const isFew = (node: NodeId) => node >= many;
  // No window has a mean beyond: all time in two samples.
  const patienceS = meansOfSilence(options.threshold) * Math.max(4, killS / 2);
  const link = partitioned(
    [
      {
        from: isFew,
        to: (node) => !isFew(node),
        startMs: uptimeS * 1000,
        endMs: healsS * 1000,
      },
    ],
    constant({ ms: LATENCY_MS }),
  );
  const probe = cassandraProbe({ n, horizonMs: (killS + patienceS) * 1000, options, link });
  const view = viewOf({ n, isFew, healsS, killS });
  const verdicts = verdictsOn(n - 1, killS, probe);
  simulate({
    ...probe.scenario,
    seed,
    faults: crash({ nodes: [n - 1], atMs: killS * 1000 }),
    stop: () => verdicts.found.size === n - 1,
    observers: [view.observer, verdicts.observer],
  });
  const all = [...verdicts.found.entries()];
  const across = all.filter(([node]) => !isFew(node)).map(([, verdict]) => verdict);
  const same = all.filter(([node]) => isFew(node)).map(([, verdict]) => verdict);
  const whole = across.length === many;
  return {
    ...view.story(),
    across_median_s: whole ? quantile(sorted(across.map(({ atS }) => atS)), 0.5) : null,
    across_mean_s: whole ? meanOf(across.map(({ atS }) => atS)) : null,
    across_last_s: whole ? Math.max(...across.map(({ atS }) => atS)) : null,
    across_window_s: meanOf(across.map(({ windowS }) => windowS)),
    across_samples: meanOf(across.map(({ samples }) => samples)),
    across_news_s: meanOf(across.map(({ newsS }) => newsS)),
    across_silence_s: meanOf(across.map(({ atS, newsS }) => atS - newsS)),
    same_mean_s: meanOf(same.map(({ atS }) => atS)),
    same_window_s: meanOf(same.map(({ windowS }) => windowS)),
  };
}

interface Ground {
  readonly n: number;
  readonly isFew: (node: NodeId) => boolean;
  readonly healsS: number;
  readonly killS: number;
}

/** Who sees whom DOWN, from the cut to the kill. */
function viewOf({ n, isFew, healsS, killS }: Ground) {
  const heals = micros(healsS * 1000);
  const killed = micros(killS * 1000);
  const downs = new Int32Array(n); // [node] endpoints that it sees DOWN
  const whole = new Float64Array(n).fill(heals); // [node] us, since when it has seen all UP
  let downAtHealing = NaN;
  let first = NaN;
  let mistakes = 0;
  const echoes: Micros[] = []; // since the healing
  const total = () => downs.reduce((sum, count) => sum + count, 0);
  const heal = (now: Micros) => {
    if (now >= heals && Number.isNaN(downAtHealing)) downAtHealing = total();
  };
  const observer: Observer<CassandraMessage> = {
    onSend(now, _from, _to, message) {
      if (message.kind === ECHO && now >= heals && now < killed) echoes.push(now);
    },
    onFact(now, fact, node, about) {
      if (now >= killed) return;
      heal(now);
      if (fact === SUSPECTED) {
        downs[node]++;
        if (isFew(node) === isFew(about) || now >= heals) mistakes++;
      } else if (fact === TRUSTED) {
        downs[node]--;
        if (now >= heals && Number.isNaN(first)) first = now;
        if (downs[node] === 0) whole[node] = Math.max(heals, now);
      }
    },
  };
  const since = (time: Micros) => millis(time - heals) / 1000;
  return {
    observer,
    story() {
      heal(Infinity);
      const few = Array.from({ length: n }, (_, node) => node).filter(isFew).length;
      const healed = downs.every((count) => count === 0);
      const times = sorted(Array.from(whole, since));
      const last = Math.max(...whole);
      return {
        down_share: downAtHealing / (2 * few * (n - few)),
        first_s: Number.isNaN(first) ? null : since(first),
        view_median_s: healed ? quantile(times, 0.5) : null,
        view_last_s: healed ? since(last) : null,
        echoes_per_pair: healed
          ? echoes.filter((time) => time <= last).length / downAtHealing
          : null,
        mistakes,
      };
    },
  };
}

interface Verdict {
  readonly atS: number;
  readonly newsS: number;
  readonly windowS: number;
  readonly samples: number;
}

/** The first conviction of the victim by each observer after the kill, with its window then. */
function verdictsOn(victim: NodeId, killS: number, probe: CassandraProbe) {
  const found = new Map<NodeId, Verdict>();
  const killed = micros(killS * 1000);
  const observer: Observer<CassandraMessage> = {
    onFact(now, fact, node, about) {
      if (now < killed || fact !== SUSPECTED || about !== victim || found.has(node)) return;
      const { lastMs, meanMs, samples } = probe.window(node, victim);
      found.set(node, {
        atS: millis(now - killed) / 1000,
        newsS: lastMs / 1000 - killS,
        windowS: meanMs / 1000,
        samples,
      });
    },
  };
  return { observer, found };
}

const sorted = (values: number[]): number[] => values.sort((a, b) => a - b);

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
