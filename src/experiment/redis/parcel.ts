/**
 * A task as it travels to another machine: hearsay's own modules by their place in the package, and with it what the
 * worker's own copy must be equal to, so that results of different versions are never mixed.
 */
import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { UserError } from '../../base/errors.ts';
import { codeHash, NODE_MAJOR, sha256 } from '../keys.ts';
import { DIST } from '../package.ts';
import { loadModule, referenced } from '../registry.ts';
import { RESULTS_VERSION } from '../version.ts';
import type { Task } from '../worker.ts';

/** Part of the queue's name. Raise it with every change of what is sent: who speaks otherwise does not meet us. */
const PROTOCOL = 1;

export const QUEUE: string = `tasks-${PROTOCOL}`;
export const PREFIX = 'hearsay';

/** There as long as the producer is: what nobody waits for is not run. */
export const producerKey = (producer: string): string => `${PREFIX}:${QUEUE}:producer:${producer}`;

export interface Parcel {
  readonly producer: string;
  readonly task: Task; // the folder of measurements, if any, as an absolute path
  /** Place of the module in dist/; null for a user's own, which must be at the same path everywhere. */
  readonly place: readonly string[] | null;
  readonly results: number; // RESULTS_VERSION
  readonly node: string; // major version
  readonly code: string; // hash of what else decides the measures
}

/** `code` is what `codeOf` answers. */
export function parcelOf(producer: string, task: Task, code: string): Parcel {
  const { modulePath, reference } = task;
  const place = modulePath.startsWith(DIST + sep) ? relative(DIST, modulePath).split(sep) : null;
  const sent = reference === undefined ? task : { ...task, reference: resolve(reference) };
  return { producer, task: sent, place, results: RESULTS_VERSION, node: NODE_MAJOR, code };
}

const atFirst = new Map<string, string>(); // [module] hash of its text when this process first met it

/** The task as it is run here. A `UserError` says why it cannot be: another version, or something is not there. */
export async function opened({ task, place, results, node, code }: Parcel): Promise<Task> {
  if (results !== RESULTS_VERSION)
    throw new UserError(
      `results version ${results} is wanted, and this hearsay has ${RESULTS_VERSION}; install the same version`,
    );
  if (node !== NODE_MAJOR)
    throw new UserError(`Node.js ${node} is wanted, and this is ${NODE_MAJOR}; use the same one`);
  const modulePath = place === null ? task.modulePath : join(DIST, ...place);
  const { reference } = task;
  for (const path of [modulePath, reference])
    if (path !== undefined && !existsSync(path))
      throw new UserError(`${path} is not here; it must be at the same path on every machine`);
  const text = codeHash(modulePath);
  if ((atFirst.get(modulePath) ?? text) !== text)
    throw new UserError(`${modulePath} has changed since this worker loaded it; start it again`);
  atFirst.set(modulePath, text);
  if ((await codeOf(modulePath, reference)) !== code) {
    const what = reference === undefined ? modulePath : `${modulePath} or ${reference}`;
    throw new UserError(`${what} differs from the one where the run was started; make them equal`);
  }
  return { ...task, modulePath };
}

/** Hash of the module, and of the measurements it is held against. */
export async function codeOf(modulePath: string, reference: string | undefined): Promise<string> {
  const code = codeHash(modulePath);
  if (reference === undefined) return code;
  const { fixed } = referenced(await loadModule(modulePath), reference);
  return sha256(JSON.stringify([code, fixed])); // in which the measurements have their hash
}
