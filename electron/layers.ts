/**
 * The direction of imports, as one table (docs: architecture, section 2), and the check that holds it. Every source file
 * needs a row; what a row does not name may not be imported, not even as a type.
 */
import { dirname, join, normalize } from 'node:path/posix';
import { parseSync } from 'vite';

/** What the files of one folder may import, besides their own folder. */
export interface Layer {
  /** A folder, or one file. The longest match counts. */
  at: string;
  /** Folders or files of ours. */
  may: readonly string[];
  /** npm packages, their subpaths included. */
  packages?: readonly string[];
  /** Node's own modules. */
  node?: boolean;
  /** npm packages for test files only. */
  testPackages?: readonly string[];
}

const CONTRACT = 'electron/contract/index.ts';
/** Texts of messages: an entry of its own, because whoever needs an id only must not load them. */
const CATALOGUE = 'electron/contract/message-catalogue/index.ts';
const PACKAGE = 'package.json';
const ENGINE = 'electron/engine';
const BASE = `${ENGINE}/base`;
const PORTS = `${ENGINE}/ports.ts`;
const NATIVE = `${ENGINE}/native.ts`;
const TESTING = `${ENGINE}/testing`;
const SURFACE = `${ENGINE}/engine.ts`;
const ERROR_LOG = `${ENGINE}/activity/error-log.ts`;
const HOSTS = 'electron/hosts';
/** Under everything in the engine. */
const GROUND = [CONTRACT, BASE, PORTS, NATIVE];
/** What a host builds on. */
const HOST_GROUND = [
  CONTRACT,
  `${ENGINE}/create-engine.ts`,
  SURFACE,
  PORTS,
  `${ENGINE}/serve.ts`,
  `${BASE}/errors.ts`,
  `${HOSTS}/node-ports.ts`,
];
/** What every test file may use, besides the engine's test helpers. */
const TEST_PACKAGES = ['vitest', 'fast-check'];
const CLIENT_PACKAGES = ['@orpc/client', '@orpc/contract'];
const VIEW_PACKAGES = [
  'react',
  'react-i18next',
  '@mantine/core',
  '@mantine/charts',
  '@mantine/hooks',
  '@mantine/notifications',
  '@tabler/icons-react',
  '@tanstack/react-virtual',
  '@zxcvbn-ts/core',
  '@zxcvbn-ts/language-common',
];
/** What the window consists of. */
const WINDOW = ['app', 'components', 'features', 'i18n', 'stores', 'theme', 'transport'].map(
  (name) => `renderer/${name}`,
);

/** Lowest first. */
export const LAYERS: readonly Layer[] = [
  { at: 'electron/contract', may: [], packages: ['zod', '@orpc/contract'] },
  { at: 'native', may: [], node: true },

  { at: BASE, may: [CONTRACT], node: true },
  { at: NATIVE, may: ['native/index.ts'] },
  { at: PORTS, may: [CONTRACT] },
  { at: SURFACE, may: [CONTRACT, `${ENGINE}/repository/types.ts`] },
  // A registry of tasks is what the surface promises, so it knows that one interface.
  // Whether the engine of a run still lives is told as it is for everything else that a run leaves.
  {
    at: `${ENGINE}/activity`,
    may: [CONTRACT, BASE, PORTS, SURFACE, `${ENGINE}/volumes/process-identity.ts`],
    node: true,
  },
  { at: `${ENGINE}/policy`, may: GROUND, packages: ['zod'], node: true },
  { at: `${ENGINE}/filesystems`, may: GROUND, packages: ['zod'], node: true },
  { at: `${ENGINE}/repository`, may: GROUND, packages: ['zod'], node: true },
  // The suite that every backend's test runs.
  {
    at: `${ENGINE}/repository/backends/conformance.ts`,
    may: [...GROUND, `${ENGINE}/repository`],
    packages: ['vitest'],
    node: true,
  },
  // Discovery probes what a volume holds.
  { at: `${ENGINE}/volumes`, may: [...GROUND, `${ENGINE}/filesystems`], packages: ['zod'], node: true },
  // A provider is asked for a volume and gives back another.
  { at: `${ENGINE}/snapshots`, may: [...GROUND, `${ENGINE}/volumes`], packages: ['zod'], node: true },
  // The suite that every provider's test runs.
  {
    at: `${ENGINE}/snapshots/conformance.ts`,
    may: [...GROUND, `${ENGINE}/snapshots`, `${ENGINE}/volumes`],
    packages: ['vitest'],
    node: true,
  },
  {
    at: `${ENGINE}/image`,
    may: [
      ...GROUND,
      PACKAGE,
      `${ENGINE}/snapshots`,
      `${ENGINE}/filesystems`,
      `${ENGINE}/volumes`,
      `${ENGINE}/repository`,
      `${ENGINE}/policy`,
    ],
    packages: ['zod'],
    node: true,
  },
  // What becomes of images: policy documents and marks in the repository, decisions, expiration.
  {
    at: `${ENGINE}/retention`,
    may: [...GROUND, `${ENGINE}/image`, `${ENGINE}/repository`, `${ENGINE}/policy`],
    packages: ['zod'],
    node: true,
  },
  // Timers and cron lines.
  { at: `${ENGINE}/schedules`, may: [...GROUND, `${ENGINE}/policy`], packages: ['zod'], node: true },
  // The services that the composition root puts together, and what is at the engine's root, see all of it.
  { at: `${ENGINE}/session`, may: [CONTRACT, ENGINE], packages: ['zod'], node: true },
  { at: TESTING, may: [CONTRACT, ENGINE], packages: ['vitest', 'fast-check'], node: true },
  { at: `${ENGINE}/create-engine.ts`, may: [CONTRACT, ENGINE], node: true },
  { at: `${ENGINE}/serve.ts`, may: [CONTRACT, BASE, PORTS, SURFACE], packages: ['@orpc/server'] },
  {
    at: `${ENGINE}/serve.test.ts`,
    may: [CONTRACT, BASE, SURFACE, `${ENGINE}/serve.ts`],
    packages: [...CLIENT_PACKAGES, '@orpc/server'],
    node: true,
  },
  { at: `${ENGINE}/create-engine.test.ts`, may: [CONTRACT, ENGINE], node: true },

  // Every host's warnings go to the one error log that the window shows.
  { at: `${HOSTS}/node-ports.ts`, may: [CONTRACT, PORTS, ERROR_LOG], node: true },
  { at: `${HOSTS}/node-ports.test.ts`, may: [CONTRACT, PORTS, ERROR_LOG, `${HOSTS}/node-ports.ts`], node: true },
  { at: `${HOSTS}/web`, may: HOST_GROUND, packages: ['@orpc/server', 'ws'], node: true, testPackages: CLIENT_PACKAGES },
  {
    at: `${HOSTS}/desktop`,
    may: HOST_GROUND,
    packages: ['@orpc/server', 'electron', 'zod'],
    node: true,
    testPackages: CLIENT_PACKAGES,
  },
  {
    at: `${HOSTS}/cli`,
    // Exceptions: the options table is the command line's grammar, and `web` starts the web host in this process.
    may: [
      ...HOST_GROUND,
      PACKAGE,
      `${ENGINE}/policy`,
      `${HOSTS}/web/start-web-host.ts`,
      `${HOSTS}/web/announcement.ts`,
      `${HOSTS}/adapter`,
    ],
    packages: ['zod'],
    node: true,
  },
  // Requests in XML, answered by command lines that the one who starts it runs.
  { at: `${HOSTS}/adapter`, may: [CONTRACT, `${BASE}/errors.ts`], packages: ['sax', 'zod'], node: true },
  // The engine writes command lines that this grammar must read.
  { at: `${HOSTS}/cli/command-text.test.ts`, may: [CONTRACT, ENGINE, `${HOSTS}/cli`], node: true },

  { at: 'renderer/transport', may: [CONTRACT], packages: CLIENT_PACKAGES },
  { at: 'renderer/i18n', may: [CONTRACT, CATALOGUE], packages: ['i18next', 'react-i18next'] },
  { at: 'renderer/theme', may: [], packages: VIEW_PACKAGES },
  { at: 'renderer/components', may: [CONTRACT, 'renderer/i18n', 'renderer/theme'], packages: VIEW_PACKAGES },
  { at: 'renderer/stores', may: [CONTRACT, 'renderer/transport', 'renderer/i18n'], packages: ['react', 'zustand'] },
  {
    at: 'renderer/features',
    may: [CONTRACT, ...['components', 'i18n', 'stores', 'theme', 'transport'].map((name) => `renderer/${name}`)],
    packages: VIEW_PACKAGES,
  },
  // Words for every option of the canned table.
  {
    at: 'renderer/features/preferences/preferences.test.ts',
    may: [CONTRACT, 'renderer/dev', 'renderer/i18n', 'renderer/stores', 'renderer/features'],
    packages: ['i18next'],
  },
  { at: 'renderer/app', may: [CONTRACT, ...WINDOW], packages: VIEW_PACKAGES },
  { at: 'renderer/main.tsx', may: [CONTRACT, ...WINDOW], packages: [...VIEW_PACKAGES, 'react-dom'] },
  // A stand-in host for working on the window; nothing of the window imports it.
  { at: 'renderer/dev', may: [CONTRACT], packages: ['@orpc/server', 'ws'], node: true },

  {
    at: 'e2e',
    may: [CONTRACT, ENGINE, `${HOSTS}/web/start-web-host.ts`, `${HOSTS}/node-ports.ts`, PACKAGE],
    packages: ['@playwright/test', '@axe-core/playwright', 'vitest', 'zod', 'ws'],
    node: true,
  },
  { at: 'electron/engine-sentences.ts', may: [], packages: ['vite'], node: true },
  // The window's German must have every sentence of the engine.
  {
    at: 'electron/engine-sentences.test.ts',
    may: ['electron/engine-sentences.ts', 'renderer/i18n/sentences'],
    node: true,
  },
  { at: 'electron/layers.ts', may: [], packages: ['vite'], node: true },
  { at: 'electron/layers.test.ts', may: ['electron/layers.ts'], node: true },
];

const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || /(^|\/)test\//.test(file);

/** What is wrong with the imports of `file` (a path from the top, `/` separated); empty where nothing is. */
export function importProblems(file: string, source: string, layers: readonly Layer[] = LAYERS): string[] {
  const layer = layerOf(file, layers);
  if (layer === undefined) return [`${file}: no row of the table says what it may import`];
  const problems: string[] = [];
  for (const specifier of importsOf(file, source)) {
    if (specifier === undefined) problems.push(`${file}: imports something that only shows when it runs`);
    else if (!isAllowed(specifier, file, layer)) problems.push(`${file}: may not import ${specifier}`);
  }
  return problems;
}

function layerOf(file: string, layers: readonly Layer[]): Layer | undefined {
  const matching = layers.filter(({ at }) => isWithin(file, at));
  return matching.toSorted((a, b) => b.at.length - a.at.length)[0];
}

function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

/** The path from the top, where a specifier names a file of ours. */
function ownPath(file: string, specifier: string): string | undefined {
  if (specifier === '#contract') return CONTRACT;
  if (specifier === '#messages') return CATALOGUE;
  if (specifier.startsWith('#engine/')) return normalize(`${ENGINE}/${specifier.slice('#engine/'.length)}`);
  return specifier.startsWith('.') ? join(dirname(file), specifier) : undefined;
}

function isAllowed(specifier: string, file: string, layer: Layer): boolean {
  const inTest = isTest(file);
  const path = ownPath(file, specifier);
  if (path === undefined) {
    if (specifier.startsWith('node:')) return layer.node === true || inTest;
    const packages = [...(layer.packages ?? []), ...(inTest ? [...TEST_PACKAGES, ...(layer.testPackages ?? [])] : [])];
    return packages.some((name) => isWithin(specifier, name));
  }
  // Helpers for tests are for tests, also where a row opens the whole engine.
  if (isWithin(path, TESTING)) return inTest || layer.at === TESTING || layer.at === 'e2e';
  return [...layer.may, layer.at].some((place) => isWithin(path, place));
}

/** Every specifier that a file imports, in whatever way; `undefined` for one that is computed. */
export function importsOf(file: string, source: string): (string | undefined)[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const found: (string | undefined)[] = [];
  visit(program, (node) => {
    if (SOURCE_NODES.has(String(node.type)) && node.source) found.push(literal(node.source));
    if (node.type === 'TSExternalModuleReference') found.push(literal(node.expression));
    if (node.type === 'CallExpression' && isNamed(node.callee, 'require')) {
      found.push(Array.isArray(node.arguments) ? literal(node.arguments[0]) : undefined);
    }
  });
  return found;
}

type SyntaxNode = Record<string, unknown>;

/** Nodes whose `source` is a specifier. */
const SOURCE_NODES = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null;
}

function visit(value: unknown, see: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
  } else if (isNode(value)) {
    see(value);
    for (const child of Object.values(value)) visit(child, see);
  }
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node.name === name;
}

function literal(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** Rings of the addon: which headers each may include. */
const NATIVE_RINGS: readonly { at: string; may: RegExp; napi: boolean }[] = [
  // The C++ standard library and the codecs.
  { at: 'native/src/core', may: /^("core\/|<[a-z_0-9]+>$|<zstd\.h>$|<openssl\/)/, napi: false },
  { at: 'native/src/linux', may: /^("(core|linux)\/|<)/, napi: false },
  { at: 'native/src/binding', may: /^("(core|linux|binding)\/|<)/, napi: true },
];

/** What is wrong with the includes of a C++ file below `native/src`. */
export function includeProblems(file: string, source: string): string[] {
  const ring = NATIVE_RINGS.find(({ at }) => isWithin(file, at));
  if (ring === undefined) return [`${file}: no ring says what it may include`];
  const problems: string[] = [];
  for (const [, header = ''] of source.matchAll(/^\s*#\s*include\s*([<"][^>"]*[>"])/gm)) {
    const isNapi = /napi|node_api|<v8|<node\b|<uv/.test(header);
    const own = header.startsWith('"') && !header.includes('/');
    if ((isNapi && !ring.napi) || (!own && !ring.may.test(header))) problems.push(`${file}: may not include ${header}`);
  }
  return problems;
}

/** Longer files are looked at again; much longer ones are refused. */
export const LONG_LINES = 500;
export const TOO_LONG_LINES = 800;

/** A React component with more lines is two. */
export const LONGEST_COMPONENT_LINES = 250;

/** How a file's length is judged. */
export function lengthVerdict(source: string): 'good' | 'long' | 'too long' {
  const lines = source.split('\n').length - 1;
  if (lines > TOO_LONG_LINES) return 'too long';
  return lines > LONG_LINES ? 'long' : 'good';
}
