/**
 * The connection to a Redis or Valkey server. The packages for it are optional, and are loaded when somebody asks for a
 * server. No sentence shows a password.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { RunFailed, shown, UserError } from '../../base/errors.ts';
import { PACKAGE_ROOT } from '../package.ts';

const CONNECT_MS = 5_000;
const AGAIN_MS = 1_000;
const MOST_TRIES = 120; // two minutes: a server that is started again is back by then

/** Where a password may stand that shall not be seen in a list of processes. */
const PASSWORD = 'HEARSAY_REDIS_PASSWORD';

export interface Connection {
  readonly client: Redis;
  /** The address without its password. */
  readonly shownUrl: string;
  /** Rejects with `RunFailed` when the server has been away for too long; never resolves. */
  readonly lost: Promise<never>;
  /** Resolves when a part of BullMQ can be used; `RunFailed` if the server goes away before, as it would never work then. */
  ready(part: { waitUntilReady(): Promise<unknown> }): Promise<void>;
  /** Closes it, and all that BullMQ has opened for itself. */
  end(): void;
}

export type Bull = typeof import('bullmq') & { readonly Redis: typeof Redis };

/** A `UserError` if bullmq or ioredis is not installed. */
export async function loadBull(): Promise<Bull> {
  try {
    const [bull, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { ...bull, Redis };
  } catch (error) {
    if (!/MODULE_NOT_FOUND/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const { optionalDependencies } = JSON.parse(
      readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'),
    );
    const packages = Object.entries(optionalDependencies).map((pair) => pair.join('@'));
    throw new UserError(
      `--redis needs packages that are not installed; npm install ${packages.join(' ')} installs them`,
    );
  }
}

/** `tell` hears when the server goes away and when it is back. A `UserError` if it cannot be reached now. */
export async function connect(
  url: string,
  { Redis }: Bull,
  tell: (sentence: string) => void,
): Promise<Connection> {
  const shownUrl = checkedUrl(url);
  let open = false;
  let trouble: Error | undefined; // the client's promise says only that it was closed
  const password = process.env[PASSWORD];
  const copies: Redis[] = [];
  class Original extends Redis {
    override duplicate(override?: Parameters<Redis['duplicate']>[0]): Redis {
      const copy = super.duplicate(override);
      copies.push(copy);
      return copy;
    }
  }
  const client = new Original(url, {
    ...(password === undefined || new URL(url).password !== '' ? {} : { password }),
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (open && times <= MOST_TRIES ? AGAIN_MS : null),
  });
  client.on('error', (error) => {
    trouble ??= error;
  });
  try {
    await client.connect();
    await client.ping();
    if (trouble) throw trouble;
  } catch (error) {
    client.disconnect();
    const reason = reasonOf(trouble ?? (error as Error));
    throw new UserError(`--redis ${shownUrl} cannot be used: ${reason}`);
  }
  open = true;
  const end = () => {
    for (const each of [...copies, client]) each.disconnect();
  };
  return {
    client,
    shownUrl,
    lost: watched(client, shownUrl, tell),
    async ready(part) {
      try {
        await part.waitUntilReady();
      } catch {
        end();
        throw new RunFailed(`${shownUrl} went away while we were connecting; try again`);
      }
    },
    end,
  };
}

function watched(
  client: Redis,
  shownUrl: string,
  tell: (sentence: string) => void,
): Promise<never> {
  let away = false;
  client.on('close', () => {
    if (away || client.status === 'end') return;
    away = true;
    tell(`lost the connection to ${shownUrl}; trying again for two minutes`);
  });
  client.on('ready', () => {
    if (away) tell(`connected to ${shownUrl} again`);
    away = false;
  });
  const lost = new Promise<never>((_, reject) => {
    client.on('end', () =>
      reject(new RunFailed(`lost the connection to ${shownUrl}; what is finished is kept`)),
    );
  });
  lost.catch(() => {}); // it may be that nobody waits any more
  return lost;
}

/** Checks the address, and answers it without its password. */
function checkedUrl(text: string): string {
  const masked = text.replace(/^(.*:)[^/]*@/, '$1***@');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const right =
    url !== undefined && /^rediss?:$/.test(url.protocol) && /^(\/\d*)?$/.test(url.pathname);
  if (right && url.hostname !== '') return masked;
  throw new UserError(
    `--redis must be an address such as redis://127.0.0.1:6379, redis://:PASSWORD@HOST:PORT/DATABASE or rediss://HOST:PORT; got ${shown(masked)}`,
  );
}

function reasonOf({ message }: Error): string {
  if (message.startsWith('NOAUTH'))
    return `it wants a password; give it in the address or in ${PASSWORD}`;
  if (message.startsWith('WRONGPASS')) return 'it does not accept this user and password';
  if (message.startsWith('connect ECONNREFUSED'))
    return `nothing listens there (${message}); start redis-server, or correct the address`;
  return `${message}; is it the address of a Redis or Valkey server?`;
}
