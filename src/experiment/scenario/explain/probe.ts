/**
 * Why a node that asked another whether it is there, got no answer in time: what became of its ping, of the pings of those
 * whom it asked to ping, and of all the answers.
 */
import type { Micros } from '../../../base/time.ts';
import type { NodeId } from '../../../engine/model.ts';
import { HEARD, MISSED, SENT, TIMED } from '../../../metrics/chronicle/index.ts';
import { type Ground, seconds } from './ground.ts';
import type { Step } from './model.ts';
import { isProbe } from './speech.ts';

export interface Probe {
  /** That the ping was sent; undefined: nothing was asked. */
  readonly ping: number | undefined;
  readonly steps: readonly Step[];
  /** Why each way failed, and how many of them: `88 was paused from 30 s to 35 s`. */
  readonly reasons: ReadonlyMap<string, number>;
}

/** The last probe of `subject` by `observer` that began before a happening, which ended it. */
export function probeBefore(ground: Ground, observer: NodeId, subject: NodeId, end: number): Probe {
  const { chronicle } = ground;
  const isOwn = (i: number) => {
    if (ground.kind(i) !== 'PING') return false;
    const cause = chronicle.cause[i];
    return !(chronicle.what[cause] === HEARD && ground.kind(cause) === 'PING-REQ');
  };
  const ping = ground.sent({ from: observer, to: subject }, isOwn, 0, end).at(-1);
  if (ping === undefined) return { ping, steps: [], reasons: new Map() };
  return new Inquiry(ground, ping, chronicle.at[end]).told();
}

/** How a message, and what it was to bring about, failed. */
interface Way {
  readonly text: string;
  readonly of: readonly number[];
  /** Undefined: it did not fail. */
  readonly reason: string | undefined;
}

class Inquiry {
  readonly #ground: Ground;
  readonly #ping: number;
  readonly #deadline: Micros;
  readonly #observer: NodeId;
  readonly #subject: NodeId;
  readonly #reasons = new Map<string, number>();

  constructor(ground: Ground, ping: number, deadline: Micros) {
    this.#ground = ground;
    this.#ping = ping;
    this.#deadline = deadline;
    this.#observer = ground.chronicle.node[ping];
    this.#subject = ground.chronicle.other[ping];
  }

  told(): Probe {
    const { at } = this.#ground.chronicle;
    const direct = this.#asks(this.#ping);
    this.#count(direct);
    const steps: Step[] = [
      {
        at: at[this.#ping],
        text: `${this.#observer} pings ${this.#subject}: ${direct.text}`,
        of: direct.of,
      },
    ];
    for (const i of this.#later()) {
      const way = this.#ground.kind(i) === 'PING-REQ' ? this.#relays(i) : this.#connects(i);
      this.#count(way);
      const waited = seconds(at[i] - at[this.#ping]);
      const first = steps.length === 1 ? `no ack after ${waited}: ` : '';
      steps.push({ at: at[i], text: first + way.text, of: way.of });
    }
    return { ping: this.#ping, steps, reasons: this.#reasons };
  }

  #count({ reason }: Way): void {
    if (reason !== undefined) this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
  }

  /** What the observer sent when the ping was not answered: requests to others, and a call on a connection. */
  #later(): readonly number[] {
    const { chronicle, effects } = this.#ground;
    const { what, at, node, other, cause } = chronicle;
    const timers = [...effects.of(cause[this.#ping])].filter(
      (i) => what[i] === TIMED && node[i] === this.#observer && at[i] <= this.#deadline,
    );
    return timers.flatMap((timer) =>
      [...effects.of(timer)].filter((i) => {
        if (what[i] !== SENT || i < this.#ping) return false;
        if (this.#ground.kind(i) === 'PING-REQ')
          return this.#ground.said(i).startsWith(`PING-REQ ${this.#subject} `);
        return this.#ground.kind(i) === 'CONNECT' && other[i] === this.#subject;
      }),
    );
  }

  /** A ping, and the ack that it was to bring. */
  #asks(ping: number): Way {
    const { chronicle } = this.#ground;
    const [ack] = this.#answers(ping, chronicle.node[ping]);
    return this.#exchange(ping, ack, 'the ack');
  }

  #exchange(question: number, answer: number | undefined, name: string): Way {
    const { ground } = { ground: this.#ground };
    const there = `it ${ground.fate(question)}`;
    const broken = this.#broken(question);
    if (answer === undefined) return { text: there, of: [question], reason: broken };
    const back = `${name} ${ground.fate(answer)}`;
    return {
      text: `${there}; ${back}`,
      of: [question, answer],
      reason: broken ?? this.#broken(answer),
    };
  }

  #relays(request: number): Way {
    const ground = this.#ground;
    const relay = ground.chronicle.other[request];
    const asks = `${this.#observer} asks ${relay} to ping ${this.#subject}`;
    const ping = this.#after(request, 'PING').find(
      (i) => ground.chronicle.other[i] === this.#subject,
    );
    if (ping === undefined) {
      return {
        text: `${asks}: that ${ground.fate(request)}`,
        of: [request],
        reason: this.#broken(request),
      };
    }
    const way = this.#asks(ping);
    const [ack] = this.#answers(ping, relay);
    const passed =
      ack === undefined
        ? undefined
        : [...this.#after(ack, 'ACK'), ...this.#after(ack, 'RELAYED')][0];
    const nack = this.#after(request, 'NACK')[0] ?? this.#timed(request, 'NACK');
    const back = passed === undefined ? '' : `; passed on, it ${ground.fate(passed)}`;
    const said = nack === undefined ? '' : `; ${relay} says that it heard nothing`;
    return {
      text: `${asks}: its ping ${way.text.replace(/^it /, '')}${back}${said}`,
      of: [request, ...way.of, ...(passed === undefined ? [] : [passed])],
      reason:
        this.#broken(request) ??
        way.reason ??
        (passed === undefined ? undefined : this.#broken(passed)),
    };
  }

  #connects(call: number): Way {
    const [answer] = this.#answers(call, this.#observer);
    const way = this.#exchange(call, answer, 'the answer');
    return {
      ...way,
      text: `${this.#observer} calls ${this.#subject} on a connection: ${way.text.replace(/^it /, 'the call ')}`,
    };
  }

  /** Answers to a message, to that node. */
  #answers(message: number, to: NodeId): readonly number[] {
    const { other } = this.#ground.chronicle;
    return [...this.#after(message, 'ACK'), ...this.#after(message, 'ACCEPT')].filter(
      (i) => other[i] === to,
    );
  }

  /** Messages of a kind that were sent on hearing this one. */
  #after(message: number, kind: string): readonly number[] {
    const { effects, chronicle } = this.#ground;
    return [...effects.of(message)].flatMap((heard) =>
      chronicle.what[heard] === MISSED
        ? []
        : [...effects.of(heard)].filter(
            (i) =>
              chronicle.what[i] === SENT &&
              this.#ground.kind(i) === kind &&
              isProbe(this.#ground.said(i)),
          ),
    );
  }

  /** The same by a timer that hearing it has set. */
  #timed(message: number, kind: string): number | undefined {
    const { effects, chronicle } = this.#ground;
    const timers = [...effects.of(message)].flatMap((heard) =>
      [...effects.of(heard)].filter((i) => chronicle.what[i] === TIMED),
    );
    return timers
      .flatMap((timer) => [...effects.of(timer)])
      .find(
        (i) =>
          chronicle.what[i] === SENT &&
          this.#ground.kind(i) === kind &&
          chronicle.at[i] <= this.#deadline,
      );
  }

  /** Why the message was not heard by the deadline; undefined: it was. */
  #broken(message: number): string | undefined {
    const ground = this.#ground;
    const { node, other, at } = ground.chronicle;
    const [from, to] = [node[message], other[message]];
    const fate = ground.fates.of(message);
    if (fate.is === 'lost') {
      return ground.isCut(message)
        ? `the partition cuts ${from} off from ${to}`
        : `a message was lost`;
    }
    const arrived = fate.is === 'pending' ? fate.arrives : fate.arrived;
    const spell = ground.conditions.at(to, arrived);
    if (fate.is === 'missed')
      return `${to} was ${spell === undefined ? 'down' : ground.spell(spell)}`;
    const heard = fate.is === 'heard' ? fate.at : Infinity;
    if (heard <= this.#deadline) return undefined;
    if (spell !== undefined && arrived <= this.#deadline) return `${to} was ${ground.spell(spell)}`;
    if (arrived <= this.#deadline) return `${to} was slow`;
    return `a message took ${seconds(arrived - at[message])}`;
  }
}
