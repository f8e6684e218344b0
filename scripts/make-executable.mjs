#!/usr/bin/env node
/** tsc writes files that cannot be run; `npx hearsay` in a checkout runs this one. */
import { chmodSync } from 'node:fs';

chmodSync('dist/src/cli/main.js', 0o755);
