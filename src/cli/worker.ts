/** `hearsay worker`: does tasks of runs that were started with `--redis`, on this or any other machine. */
import { UserError } from '../base/errors.ts';
import { wholeOption } from './numbers.ts';
import { DONE, type Given, type Verb } from './verb.ts';

export const worker: Verb = {
  name: 'worker',
  summary: 'Do tasks of runs that were started with --redis, here or on other machines.',
  options: {
    redis: {
      kind: 'text',
      value: 'URL',
      describe:
        'the Redis or Valkey server: redis://HOST:PORT, or rediss:// for TLS; a password may also be given in the environment, as HEARSAY_REDIS_PASSWORD',
    },
    jobs: {
      kind: 'text',
      value: 'N',
      short: 'j',
      describe: 'tasks at once (default: one per core), as far as they fit into memory',
    },
  },
  examples: [
    ['npx hearsay worker --redis redis://127.0.0.1:6379', 'on as many machines as you like'],
    ['npx hearsay run fanout --redis redis://127.0.0.1:6379', 'what they do it for'],
  ],
  notes:
    'All machines need the same hearsay and the same major version of Node.js; modules of your own must be at the same path.\n' +
    'A worker that is killed loses nothing but its own task, which another one does again.',
  run,
};

async function run(given: Given): Promise<number> {
  const url = given.texts.get('redis');
  if (url === undefined)
    throw new UserError(
      'worker: name the server that has the tasks, as in hearsay worker --redis redis://127.0.0.1:6379',
    );
  const jobs = wholeOption('worker', given, 'jobs', 1, 1024);
  const { serve } = await import('../experiment/redis/serve.ts');
  const { defaultJobs } = await import('../experiment/runner.ts');
  const { interruptible } = await import('./interrupt.ts');
  const { say } = await import('./terminal.ts');
  const { signal, release } = interruptible();
  const answer = () => say('ending when the tasks under way are done (Ctrl-C again ends at once)');
  signal.addEventListener('abort', answer);
  try {
    await serve(url, { jobs: jobs ?? defaultJobs(), signal, tell: say });
  } finally {
    release();
  }
  return DONE;
}
