import { beforeEach, describe, expect, it } from 'vitest';
import { Departure } from './departure.ts';
import type { LeaveAnswer } from './leave-question.ts';

let done: string[];
let unfinished: number;
let answer: () => Promise<LeaveAnswer>;
let stop: () => Promise<void>;
let departure: Departure;

beforeEach(() => {
  done = [];
  unfinished = 1;
  answer = async () => 'back';
  stop = async () => undefined;
  departure = new Departure({
    unfinished: () => unfinished,
    ask: (leaving) => {
      done.push(`ask ${leaving}`);
      return answer();
    },
    toTray: () => done.push('tray'),
    hide: () => done.push('hide'),
    stopEngine: async () => {
      done.push('stop');
      await stop();
    },
    end: () => done.push(`end ${departure.decided}`),
  });
});

describe('leaving', () => {
  it('asks nothing where nothing runs, and releases before it ends', async () => {
    unfinished = 0;
    await departure.leave('window');
    expect(done).toEqual(['hide', 'stop', 'end true']);
  });

  it('stays when the person goes back, and asks again next time', async () => {
    await departure.leave('window');
    await departure.leave('program');
    expect(done).toEqual(['ask window', 'ask program']);
    expect(departure.leaving).toBe(false);
  });

  it('puts the window away and stops nothing', async () => {
    answer = async () => 'tray';
    await departure.leave('program');
    expect(done).toEqual(['ask program', 'tray']);
    expect(departure.decided).toBe(false);
  });

  it('stops only when told to', async () => {
    answer = async () => 'stop';
    await departure.leave('window');
    expect(done).toEqual(['ask window', 'hide', 'stop', 'end true']);
  });

  it('asks once, however often the window is closed meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<LeaveAnswer>();
    answer = () => promise;
    const first = departure.leave('window');
    await departure.leave('window');
    await departure.leave('program');
    resolve('back');
    await first;
    expect(done).toEqual(['ask window']);
  });

  it('keeps everything running where the question cannot be shown', async () => {
    answer = async () => {
      throw new Error('no display');
    };
    await departure.leave('window');
    expect(done).toEqual(['ask window']);
  });

  it('ends even where the engine does not end well', async () => {
    unfinished = 0;
    stop = async () => {
      throw new Error('hung');
    };
    await expect(departure.leave('program')).rejects.toThrow('hung');
    expect(done.at(-1)).toBe('end true');
  });

  it('asks nobody when the session ends, whatever question stands', async () => {
    const { promise, resolve } = Promise.withResolvers<LeaveAnswer>();
    answer = () => promise;
    const asked = departure.leave('window');
    await departure.leaveNow();
    resolve('tray');
    await asked;
    await departure.leaveNow();
    expect(done).toEqual(['ask window', 'hide', 'stop', 'end true']);
  });
});
