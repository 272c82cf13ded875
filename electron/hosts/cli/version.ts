/** The version that `stillframe --version` says. */
import manifest from '../../../package.json' with { type: 'json' };

/** Semantic version of the package. */
export const VERSION: string = manifest.version;
