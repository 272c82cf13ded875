import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  importProblems,
  importsOf,
  includeProblems,
  LAYERS,
  LONGEST_COMPONENT_LINES,
  lengthVerdict,
} from './layers.ts';

const top = resolve(import.meta.dirname, '..');

/** Source files below a folder of the project, by their path from the top. */
function filesBelow(folder: string, kinds: RegExp): string[] {
  if (!existsSync(join(top, folder))) return [];
  return readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && kinds.test(entry.name))
    .map((entry) => relative(top, join(entry.parentPath, entry.name)))
    .filter((path) => !/(^|\/)(node_modules|build|out)\//.test(path));
}

const read = (file: string): string => readFileSync(join(top, file), 'utf8');
const scripts = ['electron', 'renderer', 'native', 'e2e'].flatMap((folder) => filesBelow(folder, /\.tsx?$/));
const native = filesBelow('native/src', /\.(cc|h)$/);

describe('the project', () => {
  it('has sources to check', () => {
    expect(scripts.length).toBeGreaterThan(50);
  });

  it('imports downwards only', () => {
    expect(scripts.flatMap((file) => importProblems(file, read(file)))).toEqual([]);
  });

  it('keeps Node’s headers in the binding and the system’s out of the core', () => {
    expect(native.flatMap((file) => includeProblems(file, read(file)))).toEqual([]);
  });

  it('has no file that is too long', () => {
    const all = [...scripts, ...native, ...filesBelow('renderer', /\.css$/), ...filesBelow('.ci', /\.mjs$/)];
    const judged = all.map((file) => ({ file, verdict: lengthVerdict(read(file)) }));
    for (const { file } of judged.filter(({ verdict }) => verdict === 'long'))
      console.warn(`${file} is long: split it`);
    expect(judged.filter(({ verdict }) => verdict === 'too long')).toEqual([]);
  });

  it('has no component that does too much', () => {
    const components = filesBelow('renderer', /\.tsx$/).map((file) => ({
      file,
      lines: read(file).split('\n').length - 1,
    }));
    expect(components.filter(({ lines }) => lines > LONGEST_COMPONENT_LINES)).toEqual([]);
  });
});

describe('the table', () => {
  it('names each place once', () => {
    const places = LAYERS.map(({ at }) => at);
    expect(new Set(places).size).toBe(places.length);
  });

  it('lets one folder import electron and one file the addon', () => {
    expect(LAYERS.filter(({ packages }) => packages?.includes('electron')).map(({ at }) => at)).toEqual([
      'electron/hosts/desktop',
    ]);
    expect(LAYERS.filter(({ may }) => may.some((path) => path.startsWith('native'))).map(({ at }) => at)).toEqual([
      'electron/engine/native.ts',
    ]);
  });
});

describe('importsOf', () => {
  it('sees every way to import', () => {
    const source = `
      import a from './a.ts';
      import type { B } from './b.ts';
      import './c.css';
      export * from './d.ts';
      export type { E } from './e.ts';
      const f = await import('./f.ts');
      type G = import('./g.ts').G;
      import h = require('./h.ts');
      const i = require('./i.ts');
      const j = await import(name);
      // import './comment.ts'
      const text = "import './text.ts'";
      export const own = 1;
    `;
    const letters = ['a.ts', 'b.ts', 'c.css', 'd.ts', 'e.ts', 'f.ts', 'g.ts', 'h.ts', 'i.ts'].map(
      (name) => `./${name}`,
    );
    const seen = importsOf('x.ts', source);
    expect(seen.filter((specifier) => specifier !== undefined).sort()).toEqual(letters);
    expect(seen.filter((specifier) => specifier === undefined)).toHaveLength(1);
  });

  it('says so where a file cannot be parsed', () => {
    expect(() => importsOf('x.ts', 'import {')).toThrow('x.ts');
  });
});

describe('importProblems', () => {
  const bad: [string, string][] = [
    ['electron/contract/tasks.ts', "import type { Engine } from '../engine/engine.ts';"],
    ['electron/contract/tasks.ts', "import { join } from 'node:path';"],
    ['electron/engine/base/errors.ts', "import { x } from '../repository/types.ts';"],
    ['electron/engine/repository/packs.ts', "import type { Plan } from '../image/plan.ts';"],
    ['electron/engine/repository/packs.ts', "import { x } from '../volumes/lsblk.ts';"],
    ['electron/engine/filesystems/ext.ts', "import { x } from '#engine/policy/options.ts';"],
    ['electron/engine/image/backup.ts', "import { TaskRegistry } from '../activity/task-registry.ts';"],
    ['electron/engine/image/backup.ts', "import { native } from '../../../native/index.ts';"],
    ['electron/engine/image/backup.ts', "import { app } from 'electron';"],
    ['electron/engine/image/backup.ts', "type W = import('electron').BrowserWindow;"],
    ['electron/engine/image/backup.ts', "import { x } from '../../contract/errors.ts';"],
    ['electron/engine/session/a.ts', "import { memory } from '../testing/memory-engine.ts';"],
    ['electron/engine/create-engine.ts', "import { startWebHost } from '../hosts/web/start-web-host.ts';"],
    ['electron/hosts/web/a.ts', "import { x } from '../cli/output.ts';"],
    ['electron/hosts/web/a.ts', "import { x } from '#engine/image/backup.ts';"],
    ['electron/hosts/web/a.ts', "const { x } = await import('../desktop/main.ts');"],
    ['electron/hosts/cli/a.ts', "import { RpcSocket } from '../web/rpc-socket.ts';"],
    ['electron/hosts/desktop/a.ts', "import { startWebHost } from '../web/start-web-host.ts';"],
    ['renderer/stores/a.ts', "import type { Engine } from '#engine/engine.ts';"],
    ['renderer/components/A.tsx', "import { useVolumes } from '../stores/volumes.ts';"],
    ['renderer/components/A.tsx', "import type { Connection } from '../transport/connection.ts';"],
    ['renderer/features/backup/A.tsx', "import { createORPCClient } from '@orpc/client';"],
    ['renderer/app/App.tsx', "import { readFile } from 'node:fs/promises';"],
    ['renderer/app/App.tsx', "import { z } from 'zod';"],
    ['renderer/app/App.tsx', "import { router } from '../dev/fixture-router.ts';"],
    ['electron/engine/repository/packs.ts', "import { it } from 'vitest';"],
  ];
  it.each(bad)('refuses in %s: %s', (file, source) => {
    expect(importProblems(file, source)).toHaveLength(1);
  });

  const good: [string, string][] = [
    [
      'electron/engine/image/backup.ts',
      "import { TaskState } from '#contract'; import '../native.ts'; import 'node:fs';",
    ],
    ['electron/engine/image/backup.test.ts', "import '../testing/memory-engine.ts'; import 'vitest';"],
    ['electron/engine/volumes/a.ts', "import '../filesystems/registry.ts';"],
    ['electron/engine/native.ts', "export * from '../../native/index.ts';"],
    ['electron/hosts/desktop/main.ts', "import { app } from 'electron';"],
    ['electron/hosts/cli/commands/web.ts', "await import('../../web/start-web-host.ts');"],
    ['renderer/components/A.tsx', "import '../i18n/bytes.ts'; import '@mantine/core/styles.css';"],
  ];
  it.each(good)('accepts in %s: %s', (file, source) => {
    expect(importProblems(file, source)).toEqual([]);
  });

  it('refuses a file without a row, and an import that is computed', () => {
    expect(importProblems('electron/hosts/tray/main.ts', '')).toEqual([
      'electron/hosts/tray/main.ts: no row of the table says what it may import',
    ]);
    expect(importProblems('electron/engine/image/a.ts', 'await import(path);')).toHaveLength(1);
  });

  it('is not fooled by a name that begins alike', () => {
    expect(importProblems('electron/engine/image-tools/a.ts', '')).toHaveLength(1);
    expect(importProblems('electron/hosts/web/a.ts', "import 'ws-evil';")).toHaveLength(1);
  });
});

describe('includeProblems', () => {
  it.each([
    ['native/src/core/sealer.cc', '#include <napi.h>'],
    ['native/src/core/sealer.cc', '#include <node_api.h>'],
    ['native/src/core/sealer.cc', '#include "linux/device.h"'],
    ['native/src/core/sealer.cc', '  # include <linux/fs.h>'],
    ['native/src/core/sealer.cc', '#include <sys/ioctl.h>'],
    ['native/src/core/sealer.cc', '#include <unistd.h>'],
    ['native/src/core/sealer.cc', '#include "binding/arguments.h"'],
    ['native/src/linux/device.cc', '#include <napi.h>'],
    ['native/src/linux/device.cc', '#include "binding/arguments.h"'],
    ['native/src/windows/device.cc', '#include <vector>'],
  ])('refuses in %s: %s', (file, source) => {
    expect(includeProblems(file, source)).toHaveLength(1);
  });

  it.each([
    [
      'native/src/core/sealer.cc',
      '#include "core/bytes.h"\n#include <vector>\n#include <zstd.h>\n#include <openssl/evp.h>',
    ],
    ['native/src/linux/device.cc', '#include <linux/fs.h>\n#include "core/error.h"'],
    ['native/src/binding/addon.cc', '#include <napi.h>\n#include "linux/device.h"'],
  ])('accepts in %s: %s', (file, source) => {
    expect(includeProblems(file, source)).toEqual([]);
  });
});

describe('lengthVerdict', () => {
  it.each([
    [500, 'good'],
    [501, 'long'],
    [800, 'long'],
    [801, 'too long'],
  ])('%i lines are %s', (lines, verdict) => {
    expect(lengthVerdict('x\n'.repeat(lines))).toBe(verdict);
  });
});
