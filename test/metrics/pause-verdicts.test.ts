import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { SUSPECTED, TRUSTED } from '../../src/engine/model.ts';
import { pauseVerdicts } from '../../src/metrics/pause-verdicts.ts';

const SEC = 1e6;
const options = { n: 4, startMs: 0, endMs: 1e6, settleMs: 10_000, guardMs: 5000 };

describe('verdicts on pauses', () => {
  it('are shares of the observers, also where news comes a little too late', () => {
    const meter = pauseVerdicts(options);
    meter.onFault(100 * SEC, 0, 'pause');
    meter.onFact(118 * SEC, SUSPECTED, 1, 0);
    meter.onFault(120 * SEC, 0, 'resume');
    meter.onFact(121 * SEC, SUSPECTED, 2, 0);
    meter.onFact(122 * SEC, TRUSTED, 1, 0);
    expect(meter.judgements()).toEqual({
      pauses: 1,
      sharePerPause: 2 / 3,
      spoilt: 1,
      byPaused: 0,
      bystanders: 0,
    });
  });

  it('leave out observers that paused themselves, and count their verdicts apart', () => {
    const meter = pauseVerdicts(options);
    meter.onFault(100 * SEC, 0, 'pause');
    meter.onFault(110 * SEC, 3, 'pause');
    meter.onFact(119 * SEC, SUSPECTED, 1, 0);
    meter.onFault(120 * SEC, 0, 'resume');
    meter.onFault(125 * SEC, 3, 'resume');
    meter.onFact(126 * SEC, SUSPECTED, 3, 0);
    const { sharePerPause, spoilt, byPaused } = meter.judgements();
    expect([sharePerPause, spoilt, byPaused]).toEqual([1 / 4, 1 / 2, 1]); // 1 of 2, and 0 of 2
  });

  it('tell those on others, and those outside the window', () => {
    const meter = pauseVerdicts({ ...options, startMs: 50_000 });
    meter.onFact(49 * SEC, SUSPECTED, 1, 2);
    meter.onFact(60 * SEC, SUSPECTED, 1, 2);
    meter.onFault(100 * SEC, 0, 'pause');
    meter.onFault(120 * SEC, 0, 'resume');
    meter.onFact(130 * SEC, SUSPECTED, 1, 0);
    expect(meter.judgements()).toMatchObject({ sharePerPause: 0, spoilt: 0, bystanders: 2 });
  });

  it('of a run without pauses are none', () => {
    expect(pauseVerdicts(options).judgements()).toMatchObject({ pauses: 0, sharePerPause: null });
  });

  it('need a window', () => {
    expect(() => pauseVerdicts({ ...options, startMs: 2, endMs: 1 })).toThrow(
      new UserError('pauseVerdicts: endMs must be a number at least 2 and finite; got 1'),
    );
  });
});
