/** The contract between engine, hosts and renderer: schemas, procedures, error codes. Imports nothing of ours. */
export * from './errors.ts';
export * from './images.ts';
export * from './menus.ts';
export * from './partitions.ts';
export * from './procedures.ts';
export * from './quantities.ts';
export * from './reading.ts';
export * from './remote-errors.ts';
export * from './repository.ts';
export * from './snapshots.ts';
export * from './tasks.ts';
export * from './volumes.ts';
