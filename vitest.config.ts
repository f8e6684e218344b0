import { defineConfig } from 'vitest/config';

// fast and alone: npm test; browser and more (commands of the documentation, kernels at length, Redis, small benchmarks): every push, too. slow: what takes minutes (kill -9, whole-suite runs); `npm run test:full` runs all.
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000, // some hooks start the command line, on machines that may be busy
    server: { deps: { external: [/\/dist\//] } }, // what is built is not transformed once more
    maxWorkers: '100%', // by default a core is left idle: on two that doubles the time
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          isolate: false, // files share modules: with each its own, loading them takes a third of the time
          include: ['test/**/*.test.ts'],
          exclude: [
            ...['test/**/*.slow.test.ts', 'test/**/*.alone.test.ts', 'test/**/*.more.test.ts'],
            'test/browser/**',
          ],
        },
      },
      // What replaces modules.
      { extends: true, test: { name: 'alone', include: ['test/**/*.alone.test.ts'] } },
      { extends: true, test: { name: 'more', include: ['test/**/*.more.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: ['test/**/*.slow.test.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'slow', include: ['test/**/*.slow.test.ts'], testTimeout: 600_000 },
      },
    ],
  },
});
