/** What a host must give the engine. Everything that differs between hosts, or that tests must control, is here. */
import type { Capabilities, LogLine, MessageId } from '#contract';

/** Time; injected so that tests can move it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Monotonic milliseconds, for durations. */
  monotonic(): number;
}

/** Cryptographic randomness. */
export interface Random {
  bytes(count: number): Uint8Array;
  /** Uniform integer in [0, limit). */
  below(limit: number): number;
}

/** Structured log; never given a secret. */
export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** How the error log is kept, as the options say. */
export interface ErrorLogSettings {
  /** Instead of the file in the state folder. */
  path?: string | undefined;
  /** The file is put aside when it is larger, bytes; 0: never. */
  limitBytes: number;
  /** Days that lines are kept; absent: as long as there is room. */
  days?: number | undefined;
  /** Older lines go into a file of their own, instead of nowhere. */
  save: boolean;
}

/** Warnings and errors of every process of this person. */
export interface ErrorLog {
  /** The file that is written to. */
  readonly path: string;
  /** From now on. Lines that are too old by then are let go. Never throws. */
  configure(settings: ErrorLogSettings): void;
  /** Adds one line without its secrets. Never throws. */
  write(line: { messageId: MessageId; text: string }): void;
  /** The newest `limit` lines, oldest first; those of the files that were put aside included. */
  read(limit: number): LogLine[];
}

/** Where the engine keeps files outside the repository. */
export interface Directories {
  /** Options, keys, list of image files: `$XDG_CONFIG_HOME/stillframe`. */
  config: string;
  /** Run journal, so that a killed run is cleaned up: `$XDG_STATE_HOME/stillframe`. */
  state: string;
  /** Default repository and its parent: `$XDG_DATA_HOME/stillframe`. */
  data: string;
}

/** Native pickers, where the host has them. */
export interface Picker {
  pick(kind: 'folder' | 'file'): Promise<string | undefined>;
}

/** What starts schedules on this computer, and what they start. */
export interface Scheduling {
  /** The command line program: an executable and its first arguments, absolute paths. */
  program: readonly string[];
  /** What it must be given to find the same files as this process; unit files are readable by everybody: no secrets. */
  environment: Readonly<Record<string, string>>;
  /** Folder in which systemd and cron are looked for as if it were `/`; another one only in tests. */
  root: string;
  /** Whose timers: `system` as root, `user` otherwise. */
  scope: 'system' | 'user';
  /** IANA name of the time zone of systemd and cron. */
  timeZone: string;
}

export interface Ports {
  clock: Clock;
  random: Random;
  logger: Logger;
  /** Where there is none, nothing is written down. */
  errorLog?: ErrorLog;
  directories: Directories;
  /** This machine's name in snapshots. */
  nodeName: string;
  capabilities: Capabilities;
  picker?: Picker;
  /** Absent: the host cannot schedule anything. */
  scheduling?: Scheduling;
}
