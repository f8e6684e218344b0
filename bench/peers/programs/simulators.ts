/** Other simulators, each doing the least that the workload asks of it. */
import { totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Case, Program } from '../model.ts';
import { buildJava, Cxx, NotHere, outputOf, SOURCES } from '../tools.ts';
import { EXACT, type Finder, runsOf } from './finder.ts';

export const ns3: Finder = {
  programs: 'ns-3',
  find(folder) {
    const cxx = new Cxx(folder);
    const version = cxx.macro(
      'ns3/version-defines.h',
      'NS3_VERSION_MAJOR.NS3_VERSION_MINOR',
      "ns-3 is not installed: Debian's package libns3-dev brings it.",
    );
    const program = cxx.build('ns3/push.cc', ['-lns3-core']);
    const runs: Program = {
      name: 'ns-3, map',
      workload: 'runs',
      command: (of) => [program, 'map', ...runsOf(of)],
      exact: EXACT.push,
      version: `ns-3 ${version}`,
    };
    const single = ['map', 'heap'].map(
      (scheduler): Program => ({
        name: `ns-3, ${scheduler}`,
        workload: 'push',
        command: ({ n }) => [program, scheduler, String(n)],
        // A minute a run, at ten times as many; the default shows there what matters.
        most: scheduler === 'map' ? Infinity : 100_000,
        slowFrom: scheduler === 'map' ? 1_000_000 : 100_000,
        exact: EXACT.push,
        version: `ns-3 ${version}`,
      }),
    );
    return [...single, runs];
  },
};

export const simgrid: Finder = {
  programs: 'SimGrid',
  find(folder) {
    const cxx = new Cxx(folder);
    const version = cxx.macro(
      'simgrid/version.h',
      'SIMGRID_VERSION_STRING',
      "SimGrid is not installed: Debian's package libsimgrid-dev brings it.",
    );
    const program = cxx.build('simgrid/push.cpp', ['-lsimgrid']);
    return [
      {
        name: 'SimGrid, actors',
        workload: 'push',
        command: ({ n }) => [program, '--log=root.threshold:warning', String(n)],
        most: 10_000, // 70 kB a node, and a cost per event that grows with n
        onceFrom: 10_000,
        exact: [],
        version,
      },
    ];
  },
};

export const simpy: Finder = {
  programs: 'SimPy',
  find() {
    const { python, version } = pythonWithSimPy();
    const command =
      (luck: string) =>
      ({ n }: Case) => [python, join(SOURCES, 'simpy', 'push.py'), luck, String(n)];
    return [
      {
        name: 'SimPy, callbacks',
        workload: 'push',
        command: command('own'),
        most: 100_000, // ten times as many take minutes a run
        slowFrom: 100_000,
        exact: [],
        proof: { exact: EXACT.push, command: command('shared') },
        version: `SimPy ${version}`,
      },
    ];
  },
};

/** PYTHON, or one of the usual ones, that has SimPy 3 or 4; Debian's python3-simpy is SimPy 2, another thing. */
function pythonWithSimPy(): { python: string; version: string } {
  const code = 'import simpy; simpy.Environment; print(simpy.__version__)';
  for (const python of [process.env.PYTHON, 'python3', '/usr/bin/python3']) {
    const version = python && outputOf([python, '-c', code]);
    if (python && version) return { python, version };
  }
  throw new NotHere(
    "no Python here has SimPy 3 or 4: Debian's package python3-simpy3 brings it, or PYTHON names a Python that has it.",
  );
}

export const peersim: Finder = {
  programs: 'PeerSim',
  find(folder) {
    const classPath = process.env.PEERSIM_CLASSPATH;
    if (!classPath) {
      throw new NotHere(
        'PEERSIM_CLASSPATH is not set: it is the class path of PeerSim 1.0.5 with its jars, of which Debian has no package.',
      );
    }
    const java = outputOf(['java', '--version'])?.split('\n')[0];
    if (java === undefined || outputOf(['javac', '--version']) === undefined) {
      throw new NotHere(
        "there is no java or no javac: Debian's package default-jdk-headless brings both.",
      );
    }
    const classes = buildJava(folder, classPath);
    const simulator = (configuration: string, ...settings: readonly string[]) => [
      ...['java', `-Xmx${heapMb()}m`, '-cp', [classPath, classes].join(delimiter)],
      'peersim.Simulator',
      join(SOURCES, 'peersim', configuration),
      ...settings,
    ];
    const common = { name: 'PeerSim', exact: [], version: `PeerSim, ${java}` };
    return [
      {
        ...common,
        workload: 'push',
        slowFrom: 1_000_000,
        command: ({ n }) => simulator('push.cfg', `network.size=${n}`),
      },
      {
        ...common,
        workload: 'heartbeat',
        most: 10_000,
        slowFrom: 10_000,
        command: ({ n, amount }) =>
          simulator('heartbeat.cfg', `network.size=${n}`, `simulation.endtime=${amount}000000`),
      },
    ];
  },
};

const heapMb = (): number => Math.floor((totalmem() / 2 ** 20) * 0.6);
