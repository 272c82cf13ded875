/** The engine in a process of its own, so that a busy engine never freezes the window. */
import { createEngine } from '#engine/create-engine.ts';
import { createNodePorts, jsonLogger } from '../node-ports.ts';
import { RemotePicker, serveEngine } from './engine-service.ts';

const main = process.parentPort;
const picker = new RemotePicker(main);
const ports = createNodePorts({
  capabilities: { canPickFolder: true, canPickFile: true, canNotify: true, canElevate: false },
  logger: jsonLogger((line) => process.stderr.write(line)),
  picker,
});
const service = serveEngine({
  main,
  picker,
  engine: createEngine(ports, { environment: process.env }),
  logger: ports.logger,
  onStopped: () => process.exit(0),
});

process.once('SIGTERM', () => void service.stop());
service.finished.catch((error: unknown) => {
  // Main sees the exit, the window says that the engine is gone, and its next attempt starts a new one.
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
