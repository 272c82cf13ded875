/** The only importer of the addon. Everything else in the engine takes what it needs from here. */
export * from '../../native/index.ts';
