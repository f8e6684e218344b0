import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** What a run prints where a process may have so many KiB of addresses. */
const simulated = (scenario: string, addresses: string) =>
  execFileSync(
    'sh',
    [
      '-c',
      `ulimit -v ${addresses}; exec "$0" "$@"`,
      process.execPath,
      'dist/src/cli/main.js',
    ].concat([
      'simulate',
      `experiments/scenarios/${scenario}.yaml`,
      '--replicates',
      '2',
      '--jobs',
      '1',
    ]),
    { encoding: 'utf8' },
  );

// Each memory of WebAssembly wants some 10 GiB of addresses.
test.each(['push', 'heartbeat', 'cassandra'])(
  'where addresses are limited, as batch systems do, TypeScript does the same: %s',
  (scenario) => {
    expect(simulated(scenario, '6000000')).toBe(simulated(scenario, 'unlimited'));
  },
);
