/** What was read of the workload of an ordering layer -> operations on registers. */
import { UserError } from '../../base/errors.ts';
import {
  type Operation,
  type OperationOptions,
  type Operations,
  operations,
  workload,
} from '../../protocols/ordering/operations.ts';
import { entriesOf, requestsOf } from './build-workload.ts';
import type { Draws } from './nodes.ts';
import type { Group } from './read.ts';
import { located, maybeNumber, numberAt, refusal } from './values.ts';

/** What meters keep of writes grows as their square: 50 MB. */
const MOST = 20_000;

/** Clients of different entries are different clients. */
export function operationsOf(scenario: Group, seed: string, draws: Draws): Operations {
  const n = numberAt(scenario, 'nodes');
  const parts = entriesOf(scenario).map((entry, i) =>
    entry.word === 'operations'
      ? located(entry, () => operations(optionsOf(scenario, entry, `${seed} workload ${i}`)))
      : single(scenario, entry, draws, i),
  );
  const list: Operation[] = [];
  let clients = 0;
  for (const part of parts) {
    for (const operation of part.list) {
      list.push({ ...operation, client: clients + operation.client });
    }
    clients += part.clients;
  }
  if (list.length > MOST) {
    throw refusal(
      scenario.places.workload,
      `workload: at most ${MOST} operations; got ${list.length}: lower perSecond, or let until be earlier`,
    );
  }
  list.sort((a, b) => a.atMs - b.atMs);
  const keys = parts.reduce((most, part) => Math.max(most, part.keys), 1);
  return workload({ n, keys, clients: Math.max(1, clients), list });
}

type Part = Pick<Operations, 'keys' | 'clients' | 'list'>;

/** One client a node. */
function single(scenario: Group, entry: Group, draws: Draws, i: number): Part {
  const kind = entry.word === 'read-write' ? 'update' : (entry.word as Operation['kind']);
  const key = numberAt(entry, 'key');
  const thinkMs = maybeNumber(entry, 'think') ?? 0;
  const list = requestsOf(scenario, entry, draws, i).map(
    ({ atMs, node }): Operation => ({ atMs, node, key, kind, thinkMs, client: node }),
  );
  return { keys: key + 1, clients: numberAt(scenario, 'nodes'), list };
}

function optionsOf(scenario: Group, entry: Group, seed: string): OperationOptions {
  const at = (key: string) => numberAt(entry, key);
  const n = numberAt(scenario, 'nodes');
  const expected = (maybeNumber(entry, 'writers') ?? n) * at('perSecond');
  const untilMs = maybeNumber(entry, 'until') ?? numberAt(scenario, 'duration') / 2;
  if ((expected * (untilMs - at('from'))) / 1000 > 2 * MOST) {
    throw new UserError(
      `operations: at most ${MOST} in all; got ${expected} per second: lower perSecond, or let until be earlier`,
    );
  }
  return {
    ...{ seed, n, untilMs, keys: at('registers'), fromMs: at('from') },
    writers: maybeNumber(entry, 'writers') ?? n,
    ...{ perSecond: at('perSecond'), clientsPerNode: at('clientsPerNode'), skew: at('skew') },
    ...{ readShare: at('readShare'), deleteShare: at('deleteShare') },
    ...{ updateShare: at('updateShare'), thinkMs: at('think') },
  };
}
