import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ScheduleDefinition } from '#contract';
import { createWorkspace } from '../testing/workspace.ts';
import { cronLine, cronText } from './cron-text.ts';
import { scheduledCommandText } from './launch.ts';
import { NIGHTLY, sampleScheduling } from './sample-schedule.ts';
import { onCalendar, unitTexts } from './unit-text.ts';

const command = promisify(execFile);
const scheduling = sampleScheduling('/');

describe('the units', () => {
  test('run our command once, and say what ends well', () => {
    const { service } = unitTexts(NIGHTLY, scheduling, 'system');
    expect(service).toContain(
      'ExecStart="/bin/echo" "/opt/stillframe/stillframe.mjs" "backup" "image" "-scheduled=nightly" "-quiet" "--" "/home"\n',
    );
    expect(service).toMatch(/\nType=oneshot\n/);
    expect(service).toMatch(/\nSuccessExitStatus=4 8\n/);
    expect(service).toMatch(/\nTimeoutStartSec=infinity\n/);
    expect(service).toMatch(/\nEnvironment="HOME=\/root"\n/);
    expect(service.split('\n')[0]).toBe('# stillframe-schedule: nightly');
  });

  test('start when they are told, with delay and catch-up', () => {
    const { timer } = unitTexts(NIGHTLY, scheduling, 'system');
    expect(timer).toMatch(/\nOnCalendar=Mon,Thu \*-\*-\* 03:30:00\nRandomizedDelaySec=30min\nPersistent=true\n/);
    expect(timer).toMatch(/\nWantedBy=timers.target\n/);
    expect(unitTexts({ ...NIGHTLY, catchUp: false }, scheduling, 'system').timer).toMatch(/\nPersistent=false\n/);
  });

  test.each([
    [{ days: [], time: '00:00' }, '*-*-* 00:00:00'],
    [{ days: ['sun', 'mon'], time: '23:59' }, 'Mon,Sun *-*-* 23:59:00'],
  ] as const)('%j is %s', (when, expected) => {
    expect(onCalendar({ days: [...when.days], time: when.time })).toBe(expected);
  });

  test('of a person do not take rights away that commands before a snapshot may need', () => {
    const { service } = unitTexts(NIGHTLY, scheduling, 'user');
    expect(service).not.toMatch(/^(Lock|Restrict|Protect|Private|NoNew|Device)/m);
  });

  test.runIf(existsSync('/usr/bin/systemd-analyze'))('are without fault for systemd', async () => {
    await using workspace = await createWorkspace();
    for (const [scope, name] of [
      ['system', 'a-1'],
      ['user', 'b'],
    ] as const) {
      const odd = { ...NIGHTLY, name, volumes: ['/mnt/100% “ü” $HOME \\ "x"', "/it's here"] };
      const texts = unitTexts(odd, scheduling, scope);
      const files = [`stillframe-${name}.service`, `stillframe-${name}.timer`].map((file) => workspace.path(file));
      await writeFile(files[0] ?? '', texts.service);
      await writeFile(files[1] ?? '', texts.timer);
      const flags = ['verify', '--man=no', ...(scope === 'user' ? ['--user'] : [])];
      const { stdout, stderr } = await command('systemd-analyze', [...flags, ...files], {
        env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', XDG_RUNTIME_DIR: workspace.folder, HOME: workspace.folder },
      });
      expect(`${stdout}${stderr}`).toBe('');
    }
  });
});

describe('the command', () => {
  const of = (changes: Partial<ScheduleDefinition>) => scheduledCommandText({ ...NIGHTLY, ...changes });

  test('is that of the action', () => {
    expect(of({ volumes: [] })).toBe('stillframe backup image -scheduled=nightly -quiet');
    expect(of({ volumes: ['-x', '/a b'] })).toBe("stillframe backup image -scheduled=nightly -quiet -- -x '/a b'");
    expect(of({ action: 'check' })).toBe('stillframe check -scheduled=nightly -quiet');
    expect(of({ action: 'checkData' })).toBe('stillframe check -readdata -scheduled=nightly -quiet');
    expect(of({ action: 'expire', repository: '/r', passwordFile: '/p' })).toBe(
      'stillframe expire -scheduled=nightly -quiet -repository=/r -passwordfile=/p',
    );
  });
});

describe('the line for cron', () => {
  test('waits by chance, brings its variables, and names days by number', () => {
    expect(cronLine(NIGHTLY, scheduling)).toBe(
      '30 3 * * 1,4 sleep "$(shuf -i 0-1800 -n 1)"; HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin /bin/echo ' +
        '/opt/stillframe/stillframe.mjs backup image -scheduled=nightly -quiet -- /home',
    );
    expect(cronLine({ ...NIGHTLY, days: [], randomDelayMinutes: 0 }, scheduling)).toMatch(/^30 3 \* \* \* HOME=/);
  });

  test('is told what cron does not do', () => {
    expect(cronText(NIGHTLY, scheduling)).toContain('# cron does not make up for runs that were missed');
    expect(cronText({ ...NIGHTLY, catchUp: false }, scheduling)).not.toContain('missed');
    expect(cronText({ ...NIGHTLY, volumes: ['/'.padEnd(1000, 'x')] }, scheduling)).toContain('put it into a script');
    const off = cronText({ ...NIGHTLY, enabled: false }, scheduling);
    expect(off.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});
