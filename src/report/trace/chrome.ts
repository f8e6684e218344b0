/**
 * A trace in Google's Trace Event Format, as JSON: Perfetto, speedscope and chrome://tracing open it. A track for each node;
 * on it what the node is (up, informed, suspects, paused, down), in that what it does, a slice for each round, message or
 * timer, and in these what it sends. Arrows go from a message sent to the same heard; facts and faults are instants. Times
 * are simulated, 0 is the start of the run; a slice without a duration of its own is a few nanoseconds long (timeline.ts).
 */
import {
  type Chronicle,
  FACT,
  FAULT,
  HEARD,
  MISSED,
  NO_CAUSE,
  SENT,
} from '../../metrics/chronicle/index.ts';
import { isLost, nodesIn, type Trace } from './model.ts';
import { States } from './states.ts';
import { microText, Timeline } from './timeline.ts';
import { isMessage, kindOf, wordsOf } from './words.ts';

const PROCESS = 1;

/** A slice that has begun; at a node they lie in one another. */
interface Open {
  readonly name: string;
  readonly since: number; // nanoseconds
}

/** The lines of the file. */
export function* chromeLines(trace: Trace): Iterable<string> {
  const data = { generator: 'hearsay', run: trace.title };
  yield `{"displayTimeUnit":"ms","otherData":${JSON.stringify(data)},"traceEvents":[\n`;
  yield meta('process_name', { name: trace.title });
  for (const node of nodesIn(trace)) {
    yield `,\n${meta('thread_name', { name: `n${node}` }, node)}`;
    yield `,\n${meta('thread_sort_index', { sort_index: node }, node)}`;
  }
  for (const event of new ChromeTrace(trace).events()) yield `,\n${event}`;
  yield '\n]}\n';
}

/** Of the process, or of a node's track. Tracks are numbered from 1, as viewers take 0 for none. */
const meta = (name: string, args: object, node?: number): string =>
  JSON.stringify({
    ph: 'M',
    pid: PROCESS,
    ...(node !== undefined && { tid: node + 1 }),
    name,
    args,
  });

class ChromeTrace {
  readonly #trace: Trace;
  readonly #timeline: Timeline;
  readonly #states: States;
  readonly #drawn = new Map<number, readonly Open[]>(); // node -> its states, outermost first
  readonly #counted = new Map<string, number>(); // counter -> its value, as it was last written
  readonly #ends: ReadonlySet<number>; // arrows: messages sent and heard in what is shown
  #reaction = NO_CAUSE; // the happening that a slice is open for
  #since = 0; // nanoseconds; when it began

  constructor(trace: Trace) {
    const { chronicle, from } = trace;
    this.#trace = trace;
    this.#timeline = new Timeline(chronicle, from);
    this.#states = new States(chronicle.n);
    this.#ends = arrowsIn(trace);
    for (const node of trace.nodes ?? nodesIn(trace)) this.#drawn.set(node, []);
  }

  /** Each as JSON. */
  *events(): Iterable<string> {
    const { chronicle, shown, from, until } = this.#trace;
    const { at, length } = chronicle;
    let i = 0;
    for (; i < length && at[i] < from; i++) this.#states.take(chronicle, i);
    for (const node of this.#drawn.keys()) yield* this.#draw(node, from * 1000);
    for (let next = 0, now = from; i < length && at[i] <= until; i++) {
      if (at[i] > now) yield* this.#count(now);
      now = at[i];
      yield* this.#happen(i, shown[next] === i);
      if (shown[next] === i) next++;
    }
    yield* this.#end();
    yield* this.#count(until);
    for (const node of this.#drawn.keys()) yield* this.#draw(node, until * 1000, []);
  }

  *#happen(i: number, isShown: boolean): Iterable<string> {
    const { chronicle } = this.#trace;
    const { at, node, cause } = chronicle;
    if (cause[i] !== this.#reaction) yield* this.#end();
    const isWithin = this.#reaction !== NO_CAUSE && node[this.#reaction] === node[i];
    const isChange = this.#states.take(chronicle, i);
    if (isChange && !isWithin) yield* this.#draw(node[i], at[i] * 1000);
    const ns = this.#timeline.place(i);
    if (!isShown) return;
    yield* this.#show(i, ns);
    yield* this.#arrow(i, ns);
  }

  *#show(i: number, ns: number): Iterable<string> {
    const { what, node } = this.#trace.chronicle;
    const about = aboutOf(this.#trace.chronicle, i);
    if (what[i] === FACT) yield event('i', node[i], ns, `"s":"t","cat":"fact",${about}`);
    else if (what[i] === FAULT) yield event('i', node[i], ns, `"s":"t","cat":"fault",${about}`);
    else if (what[i] === SENT || what[i] === MISSED) {
      yield event('X', node[i], ns, `"dur":0.001,"cat":"message",${about}`);
    } else [this.#reaction, this.#since] = [i, ns];
  }

  *#arrow(i: number, ns: number): Iterable<string> {
    const { what, node, cause } = this.#trace.chronicle;
    const isSent = what[i] === SENT;
    if (!isSent && what[i] !== HEARD && what[i] !== MISSED) return;
    const id = isSent ? i : cause[i];
    if (!this.#ends.has(id)) return;
    const bound = isSent ? '' : '"bp":"e",';
    const flow = `"cat":"message","name":"message","id":${id}`;
    // Into the slice of the reaction, which is written later: at its very beginning it might not have begun.
    const inside = what[i] === HEARD ? ns + 1 : ns;
    yield event(isSent ? 's' : 'f', node[i], inside, `${bound}${flow}`);
  }

  /** The reaction is over, and the node may have become something else in it. */
  *#end(): Iterable<string> {
    const i = this.#reaction;
    if (i === NO_CAUSE) return;
    this.#reaction = NO_CAUSE;
    const { what, node } = this.#trace.chronicle;
    const cat = what[i] === HEARD ? 'message' : 'step';
    const about = aboutOf(this.#trace.chronicle, i);
    yield this.#slice(node[i], this.#since, 0, `"cat":"${cat}",${about}`);
    yield* this.#draw(node[i], 0);
  }

  /** Ends the slices of what the node is no more, and begins those of what it is now. */
  *#draw(node: number, least: number, now = this.#states.of(node)): Iterable<string> {
    const open = this.#drawn.get(node);
    if (open === undefined) return;
    let same = 0;
    while (same < Math.min(now.length, open.length) && now[same] === open[same].name) same++;
    for (const { name, since } of open.slice(same).reverse()) {
      yield this.#slice(node, since, least, `"cat":"state","name":"${name}"`);
    }
    const begun = now.slice(same).map((name) => ({
      ...{ name, since: this.#timeline.step(node, least) },
    }));
    this.#drawn.set(node, [...open.slice(0, same), ...begun]);
  }

  /** From `since` to the next moment that is not before `least`. */
  #slice(node: number, since: number, least: number, rest: string): string {
    const ns = this.#timeline.step(node, least) - since;
    return event('X', node, since, `"dur":${microText(ns)},${rest}`);
  }

  /** Counters of the whole run that have changed since they were last written. */
  *#count(time: number): Iterable<string> {
    const { informed, suspicions, down } = this.#states;
    for (const [name, value] of Object.entries({ informed, suspicions, down })) {
      if ((this.#counted.get(name) ?? 0) === value) continue;
      this.#counted.set(name, value);
      yield `{"ph":"C","pid":${PROCESS},"ts":${time},"name":"${name}","args":{"${name}":${value}}}`;
    }
  }
}

function event(ph: string, node: number, ns: number, rest = ''): string {
  const ts = microText(ns);
  return `{"ph":"${ph}","pid":${PROCESS},"tid":${node + 1},"ts":${ts}${rest && ','}${rest}}`;
}

/** Name and arguments of a happening. */
function aboutOf(chronicle: Chronicle, i: number): string {
  const { what, other, cause, bytes } = chronicle;
  const said = wordsOf(chronicle, i);
  const args: Record<string, unknown> = { happening: i };
  if (cause[i] !== NO_CAUSE) args.cause = cause[i];
  let name = said;
  if (isMessage(what[i])) {
    args.message = said;
    name = `${kindOf(chronicle, i)} ${what[i] === SENT ? '->' : '<-'} n${other[i]}`;
  }
  if (what[i] === MISSED) name = `${name}, but is down`;
  if (what[i] === SENT) {
    args.bytes = bytes[i];
    if (isLost(chronicle, i)) name = `${name}, lost`;
  }
  return `"name":${JSON.stringify(name)},"args":${JSON.stringify(args)}`;
}

/** Messages of which both ends are shown. */
function arrowsIn({ chronicle, shown }: Trace): ReadonlySet<number> {
  const { what, cause } = chronicle;
  const sent = new Set<number>();
  const both = new Set<number>();
  for (const i of shown) {
    if (what[i] === SENT) sent.add(i);
    else if ((what[i] === HEARD || what[i] === MISSED) && sent.has(cause[i])) both.add(cause[i]);
  }
  return both;
}
