/** Restores as hosts ask for them: plan with refusals, typed confirmation, start. */
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ErrorCode, ImageSummary, RestorePlan, RestoreRequest, Volume } from '#contract';
import type { TaskRegistry } from '../activity/task-registry.ts';
import { byteWords } from '../base/byte-words.ts';
import { EngineError } from '../base/errors.ts';
import { findImage } from '../image/image-list.ts';
import { restoreImage } from '../image/restore.ts';
import { native } from '../native.ts';
import type { Ports } from '../ports.ts';
import { listMarkedImages } from '../retention/catalogue.ts';
import { assessTarget } from '../volumes/target.ts';
import { optionInForce } from './options-in-force.ts';
import type { RepositorySession } from './repository-session.ts';
import { restoreCommand } from './restore-command.ts';
import { createTargetFile, openExistingTarget } from './restore-target.ts';
import { describeContent } from './target-content.ts';
import type { VolumeService } from './volume-service.ts';

interface Refusal {
  code: ErrorCode;
  text: string;
}

export class RestoreService {
  readonly #ports: Ports;
  readonly #session: RepositorySession;
  readonly #volumes: VolumeService;
  readonly #tasks: TaskRegistry;

  constructor(ports: Ports, session: RepositorySession, volumes: VolumeService, tasks: TaskRegistry) {
    this.#ports = ports;
    this.#session = session;
    this.#volumes = volumes;
    this.#tasks = tasks;
  }

  /** What the restore would write where, and every reason why it may not. */
  async plan(request: RestoreRequest): Promise<RestorePlan> {
    const repository = await this.#session.require();
    const images = await listMarkedImages(repository);
    const image = await findImage(repository, images, request.source, this.#ports.nodeName);
    if (image.deletedAt !== undefined) {
      throw new EngineError('IMAGE_DELETED', { image: image.id, volume: image.volume, deletedAt: image.deletedAt });
    }
    const { targetName, target } = await this.#resolveTarget(image, request);
    const refusals = await this.#refusals(image, request, targetName, target);
    const warnings: string[] = [];
    if (image.origin === 'restic') {
      warnings.push('restic does not say how consistent this image is: check the file system after the restore.');
    } else if (image.consistency === 'fuzzy') {
      warnings.push('This image is dynamic: run fsck after the restore.');
    }
    if (image.unreadableBytes > 0)
      warnings.push('Parts of the source could not be read; they are zeros in this image.');
    if (target && target.sizeBytes > image.imageSize) {
      warnings.push('The target is larger than the image; what lies beyond the image stays as it is.');
    }
    return {
      planId: await planIdOf(image, targetName, target),
      image,
      ...(target ? { target } : {}),
      targetName,
      targetExists: target !== undefined,
      writeBytes: image.usedSize,
      freeBytes: image.imageSize - image.usedSize,
      targetContent: target ? describeContent(target) : '',
      refusals,
      warnings,
    };
  }

  /** Starts the task; throws the first refusal, or `TARGET_NOT_CONFIRMED` where the typed name is not the target's. */
  async start(request: RestoreRequest): Promise<{ taskId: string }> {
    const plan = await this.plan(request);
    const refusal = plan.refusals[0];
    if (refusal) {
      const details = { target: plan.targetName, reason: refusal.text, neededBytes: plan.image.imageSize };
      const presentBytes = plan.target ? { presentBytes: plan.target.sizeBytes } : {};
      throw new EngineError(refusal.code as ErrorCode, { ...details, ...presentBytes });
    }
    if (request.planId !== plan.planId) {
      const reason = 'The image or the target is not the one that was shown.';
      throw new EngineError('TARGET_NOT_CONFIRMED', {
        target: plan.targetName,
        reason,
        remedy: 'Look again, then start.',
      });
    }
    // Making a new file destroys nothing; everything else needs the name.
    if (plan.targetExists && request.confirmation !== plan.targetName) {
      throw new EngineError('TARGET_NOT_CONFIRMED', { target: plan.targetName, content: plan.targetContent });
    }
    const settings = {
      freeSpace: request.freeSpace ?? (await optionInForce('freespace', this.#ports)),
      verify: request.verify ?? (await optionInForce('verifyimage', this.#ports)),
      allowSmaller: request.allowSmaller ?? false,
    } as const;
    // Right before the start: nothing must come in between that closes it.
    const repository = await this.#session.require();
    const taskId = this.#tasks.start(
      'restore',
      plan.targetName,
      (context) =>
        restoreImage(
          plan.image,
          plan.targetName,
          settings,
          {
            ports: this.#ports,
            repository,
            openTarget: (sizeBytes) => this.#openTarget(plan, request, sizeBytes),
          },
          context,
        ),
      {
        claims: [plan.targetName],
        queue: 'repository',
        command: restoreCommand(plan.image.id, plan.targetName, { ...settings, toFile: request.toFile ?? false }),
      },
    );
    return { taskId };
  }

  /** Looks again at the target right before it is opened: much can happen while a task waits. */
  async #openTarget(plan: RestorePlan, request: RestoreRequest, sizeBytes: number) {
    if (!plan.targetExists) return createTargetFile(plan.targetName, sizeBytes, plan.image.usedSize);
    const { target } = await this.#resolveTarget(plan.image, request);
    if ((await planIdOf(plan.image, plan.targetName, target)) !== plan.planId) {
      throw new EngineError('TARGET_NOT_FOUND', {
        target: plan.targetName,
        reason: 'The device behind this name is no longer the one that was confirmed.',
      });
    }
    const [refusal] = await this.#refusals(plan.image, request, plan.targetName, target);
    if (refusal) throw new EngineError(refusal.code, { target: plan.targetName, reason: refusal.text });
    return openExistingTarget(plan.targetName);
  }

  async #resolveTarget(image: ImageSummary, request: RestoreRequest): Promise<{ targetName: string; target?: Volume }> {
    const wanted = request.target ?? image.volume;
    const targetName = request.toFile ? resolve(wanted) : wanted;
    const absolute = resolve(targetName);
    const exists = await access(absolute).then(
      () => true,
      () => false,
    );
    if (!exists) {
      const isDeviceName = absolute.startsWith('/dev/');
      if (!request.toFile || isDeviceName) {
        throw new EngineError('TARGET_NOT_FOUND', {
          target: targetName,
          remedy: isDeviceName ? 'Connect the device.' : 'Use -imagetofile to write a new file.',
        });
      }
      const folder = dirname(absolute);
      const isFolder = await stat(folder).then(
        (found) => found.isDirectory(),
        () => false,
      );
      if (!isFolder) {
        throw new EngineError('TARGET_NOT_FOUND', {
          target: targetName,
          reason: `The folder ${folder} does not exist.`,
          remedy: 'Make it, or choose another folder.',
        });
      }
      return { targetName: absolute };
    }
    const target = await this.#volumes.find(targetName);
    return { targetName: target.name, target };
  }

  async #refusals(
    image: ImageSummary,
    request: RestoreRequest,
    targetName: string,
    target: Volume | undefined,
  ): Promise<Refusal[]> {
    if (!target) return [];
    const refusals: Refusal[] = [...(await assessTarget(target, { repositoryLocation: this.#session.location }))];
    if (request.toFile && target.kind !== 'file') {
      refusals.push({ code: 'OPTION_INVALID', text: `${targetName} is a device; -imagetofile writes files.` });
    }
    if (target.sizeBytes < image.imageSize && !request.allowSmaller) {
      refusals.push({
        code: 'TARGET_TOO_SMALL',
        text: `${targetName} is ${byteWords(image.imageSize - target.sizeBytes)} too small for the image.`,
      });
    }
    if (target.kind !== 'file' && (image.logicalSectorBytes ?? Infinity) < target.logicalSectorBytes) {
      refusals.push({
        code: 'TARGET_SECTOR_SIZE',
        text: `The image comes from ${image.logicalSectorBytes}-byte sectors; ${targetName} has ${target.logicalSectorBytes}-byte sectors.`,
      });
    }
    return refusals;
  }
}

/** A digest of what a restore is about: a card that was swapped for one of the same size gives another one. */
async function planIdOf(image: ImageSummary, targetName: string, target: Volume | undefined): Promise<string> {
  const node = target && (await stat(target.name).catch(() => undefined));
  const place = node?.isBlockDevice() ? ['device', node.rdev] : ['file', node?.dev, node?.ino, node?.birthtimeMs];
  const identity = target
    ? [place, target.kind, target.sizeBytes, target.model, target.serial, target.uuid, target.partUuid]
    : 'a new file';
  return native().sha256(Buffer.from(JSON.stringify([image.id, targetName, identity])));
}
