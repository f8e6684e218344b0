/**
 * A worker: takes tasks from the queue, runs them on threads and answers. The thread of this file only waits, so that it can
 * keep telling the server that its tasks are under way; those of a worker that has stopped doing so are given to another.
 */
import { hostname } from 'node:os';
import type { Job, Worker } from 'bullmq';
import { UserError } from '../../base/errors.ts';
import { availableMemory, fitsAlone, Room } from '../memory.ts';
import type { Task } from '../worker.ts';
import { SharedThreads } from '../workers.ts';
import { type Bull, type Connection, connect, loadBull } from './connection.ts';
import { packed, unpacked } from './packed.ts';
import { opened, type Parcel, PREFIX, producerKey, QUEUE } from './parcel.ts';
import type { Reply } from './producer.ts';

const LOCK_MS = 10_000; // a worker that has not been heard of for so long is dead
const MOST_DEATHS = 3; // workers that one task may take down before it counts as failed: one more
const REST_MS = 10_000; // between tasks for a worker that cannot do them: others shall have them
const REPORT_MS = 10_000;

export interface ServeOptions {
  /** Tasks at once. */
  readonly jobs: number;
  /** Ends it, once the tasks under way are done. */
  readonly signal: AbortSignal;
  readonly tell: (sentence: string) => void;
  readonly lockMs?: number;
}

/** Serves until the signal. A `UserError` if the server cannot be reached, `RunFailed` if it goes away for good. */
export async function serve(url: string, options: ServeOptions): Promise<void> {
  const { jobs, signal, tell } = options;
  const bull = await loadBull();
  const connection = await connect(url, bull, tell);
  const server = new Server(bull, connection, options);
  await server.ready();
  tell(
    `${server.name} takes ${jobs === 1 ? 'one task' : `${jobs} tasks`} at once from ${connection.shownUrl}; Ctrl-C ends it when they are done`,
  );
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    await Promise.race([stopped, connection.lost]);
  } finally {
    await server.stop();
  }
}

class Server {
  readonly name = `${hostname()}-${process.pid}`;
  readonly #bull: Bull;
  readonly #connection: Connection;
  readonly #tell: (sentence: string) => void;
  readonly #threads: SharedThreads;
  readonly #memory = availableMemory(); // before anything runs
  readonly #room: Room;
  readonly #worker: Worker;
  readonly #timer: NodeJS.Timeout;
  readonly #held: (() => void)[] = []; // tasks for which there is no room yet
  #active = 0;
  #done = 0; // tasks since the last report
  #largest = 0; // bytes of a run since the threads were started

  constructor(bull: Bull, connection: Connection, { jobs, tell, lockMs = LOCK_MS }: ServeOptions) {
    this.#bull = bull;
    this.#connection = connection;
    this.#tell = tell;
    this.#threads = new SharedThreads(jobs);
    this.#room = new Room(jobs, this.#memory);
    this.#worker = new bull.Worker(QUEUE, (job, token) => this.#process(job, token!), {
      connection: connection.client,
      prefix: PREFIX,
      name: this.name,
      concurrency: jobs,
      lockDuration: lockMs,
      stalledInterval: lockMs / 2,
      maxStalledCount: MOST_DEATHS,
    });
    // The connection tells when it is lost; a lock that is lost means that another worker does the task again.
    this.#worker.on('error', () => {});
    this.#timer = setInterval(() => this.#report(), REPORT_MS);
  }

  ready(): Promise<void> {
    return this.#connection.ready(this.#worker);
  }

  /** When the tasks under way are done, if the server is there to be told. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const { client, lost } = this.#connection;
    const away = client.status !== 'ready';
    const closed = this.#worker.close(away);
    await Promise.race([away ? undefined : closed, lost]).catch(() => {});
    this.#connection.end();
    await this.#threads.stop();
    this.#report();
  }

  async #process(job: Job, token: string): Promise<unknown> {
    const parcel = unpacked(job.data) as Parcel;
    if ((await this.#connection.client.exists(producerKey(parcel.producer))) === 0) return null;
    const task = await this.#opened(parcel, job, token);
    const reply = await this.#inRoom(task.bytes, () => this.#reply(task));
    this.#done++;
    return packed(reply);
  }

  /** The task; if it cannot be done here, it goes back to the queue, and the producer learns why. */
  async #opened(parcel: Parcel, job: Job, token: string): Promise<Task> {
    try {
      const task = await opened(parcel);
      if (fitsAlone(task.bytes, this.#memory)) return task;
      throw new UserError('it needs more memory than is free here');
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const sentence = `worker ${this.name} refuses a task: ${error.message}`;
      this.#tell(sentence);
      await job.updateProgress(sentence);
      await this.#worker.pause(true);
      setTimeout(() => void this.#worker.resume(), REST_MS).unref();
      await job.moveToWait(token);
      throw new this.#bull.WaitingError();
    }
  }

  async #reply(task: Task): Promise<Reply> {
    const workers = await this.#threads.take();
    try {
      return { answer: await workers.run(task) };
    } catch (crash) {
      return { died: crash instanceof Error ? crash.message : String(crash) };
    }
  }

  async #inRoom<T>(bytes: number, act: () => Promise<T>): Promise<T> {
    while (!this.#room.fits(bytes)) await new Promise<void>((resolve) => this.#held.push(resolve));
    this.#room.take(bytes);
    this.#active++;
    this.#largest = Math.max(this.#largest, bytes);
    try {
      return await act();
    } finally {
      this.#active--;
      this.#room.give(bytes);
      for (const wake of this.#held.splice(0)) wake();
    }
  }

  #report(): void {
    if (this.#done > 0) this.#tell(`${this.#done} task${this.#done === 1 ? '' : 's'} done`);
    this.#done = 0;
    if (this.#active > 0) return;
    void this.#threads.rest(this.#largest);
    this.#largest = 0;
  }
}
