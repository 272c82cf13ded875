/**
 * Bundles the hosts for the Node side: the command line, Electron's main process with the engine's process, and the
 * preload script. Everything of ours and of npm goes in, so that an installed copy needs no node_modules; only
 * `electron`, Node's own modules and the addon (found at run time by native/load.ts) stay outside.
 */
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type BuildEnvironmentOptions, defineConfig, type EnvironmentOptions } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `ws` asks for two optional accelerators inside `try`; without them it uses its own code. */
const OPTIONAL = ['bufferutil', 'utf-8-validate'];
const external = ['electron', /^node:/, ...builtinModules, ...OPTIONAL];

/** One bundle for Node. */
function nodeBundle(
  entries: Record<string, string>,
  outDir: string,
  output: { format: 'es' | 'cjs'; entryFileNames: string },
): EnvironmentOptions {
  const build: BuildEnvironmentOptions = {
    ssr: true,
    outDir: `${root}out/${outDir}`,
    // `out/desktop` is written by two bundles; stale chunks carry other hashes and are never loaded.
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    sourcemap: true,
    rollupOptions: { input: entries, external, output: { ...output, chunkFileNames: 'chunks/[name]-[hash].js' } },
  };
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: ['electron', ...OPTIONAL] },
    build,
  };
}

const module = { format: 'es', entryFileNames: '[name].js' } as const;
const desktop = `${root}electron/hosts/desktop`;

export default defineConfig({
  root,
  publicDir: false,
  environments: {
    cli: nodeBundle({ main: `${root}electron/hosts/cli/main.ts` }, 'cli', module),
    desktop: nodeBundle(
      { main: `${desktop}/main.ts`, 'engine-process': `${desktop}/engine-process.ts` },
      'desktop',
      module,
    ),
    // A sandboxed preload script is CommonJS and one file.
    preload: nodeBundle({ preload: `${desktop}/preload.ts` }, 'desktop', {
      format: 'cjs',
      entryFileNames: '[name].cjs',
    }),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['cli', 'desktop', 'preload']) {
        const environment = builder.environments[name];
        if (environment !== undefined) await builder.build(environment);
      }
    },
  },
});
