/**
 * A folder that stands for the `/` of a computer with systemd. Its systemctl is ours, for the machines that tests run on
 * have no systemd, and would not be tests' to change: it keeps the links that the real one keeps, writes down what it
 * was asked, and fails when it is told to.
 */
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SYSTEMCTL = `#!/bin/sh
root=$(cd "$(dirname "$0")/../.." && pwd)
units="$root/etc/systemd/system"
for word in "$@"; do
  case "$word" in
    --user) units="$XDG_CONFIG_HOME/systemd/user" ;;
  esac
done
printf '%s\\n' "$*" >> "$root/asked"
while [ "\${1#--}" != "$1" ]; do shift; done
verb=$1
if [ -e "$root/fails-$verb" ]; then
  echo "Failed to $verb: Connection timed out" >&2
  exit 1
fi
for word in "$@"; do
  case "$word" in *.timer) timer=$word ;; esac
done
case "$verb" in
  enable)
    [ -e "$units/$timer" ] || { echo "Unit file $timer does not exist." >&2; exit 1; }
    mkdir -p "$units/timers.target.wants"
    ln -sfn "$units/$timer" "$units/timers.target.wants/$timer"
    ;;
  disable) rm -f "$units/timers.target.wants/$timer" ;;
esac
`;

export class SystemdStand {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** Makes it in `root`, which need not exist. */
  static async create(root: string): Promise<SystemdStand> {
    const stand = new SystemdStand(root);
    await mkdir(join(root, 'usr/bin'), { recursive: true });
    await mkdir(join(root, 'run/systemd/system'), { recursive: true });
    await mkdir(join(root, `run/user/${process.getuid?.() ?? 0}/systemd`), { recursive: true });
    await mkdir(stand.units, { recursive: true });
    await stand.#program('systemctl', SYSTEMCTL);
    return stand;
  }

  /** Where units of the computer are. */
  get units(): string {
    return join(this.root, 'etc/systemd/system');
  }

  /** systemd does not run any more. */
  async stop(): Promise<void> {
    await rm(join(this.root, 'run/systemd'), { recursive: true });
  }

  /** A crontab of these lines, as crontab prints it. */
  async crontab(text: string): Promise<void> {
    await writeFile(join(this.root, 'crontab.txt'), text);
    await this.#program('crontab', '#!/bin/sh\ncat "$(dirname "$0")/../../crontab.txt"\n');
  }

  async fail(verb: string, fails = true): Promise<void> {
    const mark = join(this.root, `fails-${verb}`);
    if (fails) await writeFile(mark, '');
    else await rm(mark, { force: true });
  }

  /** What systemctl was asked, a line each. */
  async asked(): Promise<string[]> {
    const text = await readFile(join(this.root, 'asked'), 'utf8').catch(() => '');
    return text.split('\n').filter(Boolean);
  }

  /** Every unit file and link, sorted. */
  async files(folder = this.units): Promise<string[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => !entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
      .sort();
  }

  async #program(name: string, text: string): Promise<void> {
    const path = join(this.root, 'usr/bin', name);
    await writeFile(path, text);
    await chmod(path, 0o755);
  }
}
