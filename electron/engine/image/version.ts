/** The version of the engine, as manifests and snapshots record it. */
import manifest from '../../../package.json' with { type: 'json' };

/** Semantic version of the package. */
export const ENGINE_VERSION: string = manifest.version;
