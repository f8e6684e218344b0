import { describe, expect, it } from 'vitest';
import { versionVectors } from '../../../src/protocols/ordering/version-vectors.ts';

/** One register; operations 0 .. 9; the client of an operation is its number. */
function registerOf(kind: 'by node' | 'by client' | 'dotted', nodeOf: readonly number[]) {
  const byClient = kind === 'by client';
  return versionVectors(
    { n: 2, keys: 1, writes: 10, keyOf: () => 0 },
    {
      writerOf: (operation) => (byClient ? operation : nodeOf[operation]),
      writers: byClient ? 10 : 2,
      isDotted: kind === 'dotted',
    },
  );
}

type Register = ReturnType<typeof registerOf>;

function write(register: Register, node: number, operation: number) {
  register.issue(node, operation);
  register.apply(node, operation);
}

const KINDS = ['by node', 'by client', 'dotted'] as const;

describe.each(KINDS)('version vectors, %s', (kind) => {
  it('overwrite what was read', () => {
    const register = registerOf(kind, [0, 1]);
    write(register, 0, 0);
    register.apply(1, 0);
    register.read(1, 1);
    write(register, 1, 1);
    expect(register.values(1, 0)).toEqual([1]);
    expect(register.apply(0, 1)).toBe(true);
    expect(register.values(0, 0)).toEqual([1]);
    expect(register.apply(1, 0)).toBe(false); // the old one changes nothing
  });

  it('keep writes of two nodes that had not seen each other, until a read has seen both', () => {
    const register = registerOf(kind, [0, 1, 0]);
    write(register, 0, 0);
    write(register, 1, 1);
    register.apply(0, 1);
    register.apply(1, 0);
    expect(register.values(0, 0)).toEqual([0, 1]);
    expect(register.values(1, 0)).toEqual([1, 0]);
    register.read(0, 2);
    write(register, 0, 2);
    register.apply(1, 2);
    expect(register.values(0, 0)).toEqual([2]);
    expect(register.values(1, 0)).toEqual([2]);
  });
});

describe('two clients that write at one node after the same read', () => {
  // Preguiça et al. 2012, section 1: with an entry per server the second write seems to have seen the first.
  it.each([
    ['by node', [2]],
    ['by client', [1, 2]],
    ['dotted', [1, 2]],
  ] as const)('%s', (kind, left) => {
    const register = registerOf(kind, [0, 0, 0]);
    write(register, 0, 0);
    register.read(0, 1);
    register.read(0, 2);
    write(register, 0, 1);
    write(register, 0, 2);
    expect(register.values(0, 0)).toEqual(left);
  });
});

describe('their bytes', () => {
  it('grow with the entries', () => {
    const byNode = registerOf('by node', [0, 0, 1]);
    const dotted = registerOf('dotted', [0, 0, 1]);
    for (const register of [byNode, dotted]) {
      write(register, 0, 0);
      write(register, 0, 1);
      register.apply(1, 1);
      write(register, 1, 2);
    }
    expect([0, 1, 2].map(byNode.bytes)).toEqual([3, 3, 5]);
    // An empty context, then one entry, beside a dot of 5 bytes.
    expect([0, 1, 2].map(dotted.bytes)).toEqual([6, 8, 8]);
  });
});
