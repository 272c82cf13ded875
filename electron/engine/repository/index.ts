/** The repository's public face: create, open, and choose a backend. Everything else goes through `Repository`. */
export type { Backend } from './backends/backend.ts';
export { createBackend } from './backends/create-backend.ts';
export { type CreateRepositoryOptions, createRepository } from './create-repository.ts';
export { type OpenRepositoryOptions, openRepository, type RepositoryTuning } from './open-repository.ts';
export type { RepositoryPorts } from './session.ts';
export * from './types.ts';
