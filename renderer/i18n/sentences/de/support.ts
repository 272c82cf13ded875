/** Snapshot support. */
export const support: Readonly<Record<string, string>> = {
  'There is nothing to <0> for {1} here.': 'Für {1} gibt es hier nichts zu tun (<0>).',
  install: 'installieren',
  upgrade: 'aktualisieren',
  remove: 'entfernen',
  'Run it as root: `{0}`': 'Als root ausführen: `{0}`',
  'Packages are installed by root only.': 'Pakete installiert nur root.',
  'Packages are being installed already.': 'Es werden bereits Pakete installiert.',
  'Installs the programs of LVM and those that compare thin snapshots.':
    'Installiert die Programme von LVM und diejenigen, die Thin-Momentaufnahmen vergleichen.',
  'Brings the programs of LVM to the newest version that the distribution has.':
    'Bringt die Programme von LVM auf die neueste Version, die die Distribution hat.',
  'Removes the programs of LVM. Nothing on this computer uses a volume group.':
    'Entfernt die Programme von LVM. Nichts auf diesem Computer verwendet eine Datenträgergruppe.',
  'This kernel has no device-mapper, so it has no logical volumes.':
    'Dieser Kernel hat keinen Device-Mapper und deshalb keine logischen Datenträger.',
  'The programs of LVM are not installed.': 'Die Programme von LVM sind nicht installiert.',
  'LVM is installed. The programs that compare thin snapshots are missing, so every run reads everything in use.':
    'LVM ist installiert. Die Programme, die Thin-Momentaufnahmen vergleichen, fehlen; deshalb liest jeder Lauf alles Belegte.',
  'LVM is installed. It could not be asked for its volume groups.':
    'LVM ist installiert. Nach seinen Datenträgergruppen konnte es nicht gefragt werden.',
  'LVM is installed. This computer has no volume group.':
    'LVM ist installiert. Dieser Computer hat keine Datenträgergruppe.',
  'LVM is installed. A snapshot of a thick volume takes its space from the free extents of its volume group.':
    'LVM ist installiert. Die Momentaufnahme eines herkömmlichen Datenträgers nimmt ihren Speicherplatz von den freien Extents der Datenträgergruppe.',
  'For volumes in image files on <0>. It is part of the kernel: nothing has to be installed.':
    'Für Datenträger in Abbilddateien auf <0>. Gehört zum Kernel: Es muss nichts installiert werden.',
  'xfs or btrfs': 'xfs oder btrfs',
  'This kernel has neither XFS nor btrfs at the moment, whose files can be cloned.':
    'Dieser Kernel hat zurzeit weder XFS noch btrfs, deren Dateien geklont werden können.',
  'A btrfs is frozen while its image is taken. It is part of the kernel: nothing has to be installed.':
    'Ein btrfs wird eingefroren, während sein Abbild entsteht. Gehört zum Kernel: Es muss nichts installiert werden.',
  'This kernel has no btrfs at the moment.': 'Dieser Kernel hat zurzeit kein btrfs.',
  'Any mounted file system is frozen while its image is taken; programs that write to it wait. It is part of the kernel.':
    'Jedes eingehängte Dateisystem wird eingefroren, während sein Abbild entsteht; Programme, die darauf schreiben, warten. Gehört zum Kernel.',
  'Only on Windows.': 'Nur unter Windows.',
  'Only on AIX.': 'Nur unter AIX.',
  'every system': 'jedem System',
};
