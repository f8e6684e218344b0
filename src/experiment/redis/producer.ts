/**
 * Workers on other machines: a task becomes a job of a BullMQ queue in Redis, and `run` resolves when one of them has
 * answered. Jobs vanish with their answer, which comes as an event; whatever is lost on the way (events that were trimmed, a
 * server that was started again without its data) is noticed and handed out again. An answer counts once.
 */
import { randomUUID } from 'node:crypto';
import type { Queue, QueueEvents } from 'bullmq';
import type { Answer, Task } from '../worker.ts';
import type { SharedWorkers, Workers } from '../workers.ts';
import { type Connection, connect, loadBull } from './connection.ts';
import { packed, unpacked } from './packed.ts';
import { codeOf, type Parcel, PREFIX, parcelOf, producerKey, QUEUE } from './parcel.ts';

const IN_FLIGHT = 500;
const LOOK_MS = 5_000; // how often the producer shows that it lives, and looks for what was lost
const LIVES_S = 60; // so long after it has last shown itself its tasks are still run

/** What a worker says of a task. */
export type Reply = { readonly answer: Answer } | { readonly died: string };

interface Waiting {
  readonly parcel: Parcel;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  /** It was in no state when last looked at: its answer is on the way, or it is lost. */
  missing: boolean;
}

/** Connected to the server of that address. A `UserError` if it cannot be reached. */
export async function redisWorkers(
  url: string,
  tell: (sentence: string) => void = () => {},
): Promise<SharedWorkers> {
  const bull = await loadBull();
  let hear = tell;
  const connection = await connect(url, bull, (sentence) => hear(sentence));
  const options = { connection: connection.client, prefix: PREFIX };
  const queue = new bull.Queue(QUEUE, options);
  const [last] = await connection.client.xrevrange(queue.toKey('events'), '+', '-', 'COUNT', 1);
  const events = new bull.QueueEvents(QUEUE, { ...options, lastEventId: last?.[0] ?? '0-0' });
  queue.on('error', () => {}); // the connection tells what matters
  events.on('error', () => {});
  await connection.ready(events);
  const producer = new Producer(connection, queue, events, (sentence) => hear(sentence));
  return {
    inFlight: IN_FLIGHT,
    async take(listener = tell) {
      hear = listener;
      await Promise.race([producer.look(), connection.lost]);
      return producer;
    },
    rest: async () => {},
    stop: () => producer.stop(),
  };
}

class Producer implements Workers {
  readonly #id = randomUUID();
  readonly #connection: Connection;
  readonly #queue: Queue;
  readonly #events: QueueEvents;
  readonly #tell: (sentence: string) => void;
  readonly #waiting = new Map<string, Waiting>(); // [job]
  readonly #codes = new Map<string, Promise<string>>(); // [module, reference]
  readonly #told = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #jobs = 0;
  #workers = -1; // connected when last looked
  #ended: Promise<void> | undefined;

  constructor(
    connection: Connection,
    queue: Queue,
    events: QueueEvents,
    tell: (sentence: string) => void,
  ) {
    this.#connection = connection;
    this.#queue = queue;
    this.#events = events;
    this.#tell = tell;
    events.on('completed', ({ jobId, returnvalue }) => this.#replied(jobId, returnvalue));
    events.on('failed', ({ jobId, failedReason }) => {
      this.#settle(jobId)?.reject(new Error(readable(failedReason)));
    });
    events.on('progress', ({ jobId, data }) => {
      if (this.#waiting.has(jobId)) this.#tellOnce(String(data));
    });
    connection.lost.catch((error) => this.#rejectAll(error));
    this.#timer = setInterval(() => void this.look().catch(() => {}), LOOK_MS);
  }

  async run(task: Task): Promise<Answer> {
    const parcel = parcelOf(this.#id, task, await this.#codeOf(task));
    const job = `${this.#id}-${this.#jobs++}`;
    return new Promise((resolve, reject) => {
      if (this.#ended) throw new Error('stopped');
      this.#waiting.set(job, { parcel, resolve, reject, missing: false });
      this.#add(job, parcel).catch((error) => this.#settle(job)?.reject(error));
    });
  }

  /** Shows that it lives, counts the workers, and hands out again what was lost. */
  async look(): Promise<void> {
    await this.#connection.client.set(producerKey(this.#id), '', 'EX', LIVES_S);
    await this.#countWorkers();
    await Promise.all([...this.#waiting].map((entry) => this.#find(...entry)));
  }

  async #find(job: string, waiting: Waiting): Promise<void> {
    const unknown = (await this.#queue.getJobState(job)) === 'unknown';
    if (unknown && waiting.missing && this.#waiting.has(job)) await this.#add(job, waiting.parcel);
    waiting.missing = unknown;
  }

  /** Takes back what no worker has begun. */
  stop(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    clearInterval(this.#timer);
    const jobs = [...this.#waiting.keys()];
    this.#rejectAll(new Error('stopped'));
    const { client } = this.#connection;
    if (client.status === 'ready') {
      await client.del(producerKey(this.#id)); // first: what is taken from now on is not run
      await Promise.allSettled(jobs.map((job) => this.#queue.remove(job)));
    }
    void this.#events.close().catch(() => {}); // which waits for the end of its connection
    this.#connection.end();
  }

  async #add(job: string, parcel: Parcel): Promise<void> {
    const options = { jobId: job, removeOnComplete: true, removeOnFail: true };
    await this.#queue.add('task', packed(parcel), options);
  }

  #replied(job: string, value: unknown): void {
    const reply = unpacked(value) as Reply | null;
    if (reply === null) return; // a worker took us for dead: the task is lost, and will be handed out again
    const waiting = this.#settle(job);
    if ('answer' in reply) waiting?.resolve(reply.answer);
    else waiting?.reject(new Error(reply.died));
  }

  /** Whom the job's end concerns; nobody if it has ended before, or is another producer's. */
  #settle(job: string): Waiting | undefined {
    const waiting = this.#waiting.get(job);
    this.#waiting.delete(job);
    return waiting;
  }

  #rejectAll(error: Error): void {
    for (const job of [...this.#waiting.keys()]) this.#settle(job)?.reject(error);
  }

  #codeOf({ modulePath, reference }: Task): Promise<string> {
    const name = JSON.stringify([modulePath, reference]);
    const code = this.#codes.get(name) ?? codeOf(modulePath, reference);
    this.#codes.set(name, code);
    return code;
  }

  async #countWorkers(): Promise<void> {
    const workers = await this.#queue.getWorkersCount();
    if (workers === this.#workers) return;
    this.#workers = workers;
    const { shownUrl } = this.#connection;
    if (workers > 0) this.#tell(`${workers} worker${workers === 1 ? '' : 's'} at ${shownUrl}`);
    else
      this.#tell(
        `no worker is connected to ${shownUrl}; hearsay worker --redis ${shownUrl} starts one`,
      );
  }

  #tellOnce(sentence: string): void {
    if (this.#told.has(sentence)) return;
    this.#told.add(sentence);
    this.#tell(sentence);
  }
}

const readable = (reason: string): string =>
  /stalled/.test(reason)
    ? 'each worker that took it died, or could not be reached any more'
    : reason;
