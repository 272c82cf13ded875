#!/bin/sh
# First process of the machine that machine.ts starts. The root is the real machine's, mounted read-only: what is written
# goes to memory (/run), to the scratch disk (/run/scratch) or to the folder shared with the real machine (/run/exchange).
# EXCHANGE comes with the kernel's command line.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH

power_off() {
  sync
  echo o > /proc/sysrq-trigger
  sleep 60
}

mount -t proc proc /proc
mount -t sysfs sysfs /sys
grep -q ' /dev devtmpfs ' /proc/mounts || mount -t devtmpfs devtmpfs /dev
# Some five hundred terminals, which LVM would walk through whenever it looks for disks.
rm -f /dev/pty[a-z]* /dev/tty[a-z]*
ln -sf /proc/self/fd /dev/fd
ln -sf /proc/self/fd/0 /dev/stdin
ln -sf /proc/self/fd/1 /dev/stdout
ln -sf /proc/self/fd/2 /dev/stderr
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/exchange /run/scratch /run/home /run/lock /run/modules/lib/modules
# The kernel's messages about the faults that tests make are kept, but not shown.
dmesg -n 1
# Its lines go to people and to test reports.
stty -onlcr < /dev/console 2> /dev/null
mount -t hostfs none /run/exchange -o "$EXCHANGE" || power_off

ln -s "/usr/lib/uml/modules/$(uname -r)" "/run/modules/lib/modules/$(uname -r)"
for module in dm-mod dm-snapshot dm-thin-pool dm-flakey dm-delay loop; do
  modprobe -d /run/modules "$module" || echo "the machine has no $module"
done

mke2fs -q -F -t ext4 -E lazy_itable_init=1,nodiscard -O ^has_journal /dev/ubdb && mount /dev/ubdb /run/scratch || power_off
mkdir -m 1777 /run/scratch/tmp

# There is no udev, and nothing may be written below /etc.
mkdir -p /run/lvm-system /run/lock/lvm /run/lvm
cat > /run/lvm-system/lvm.conf << 'CONFIGURATION'
devices {
  dir = "/dev"
  scan = [ "/dev" ]
  obtain_device_list_from_udev = 0
  external_device_info_source = "none"
  use_devicesfile = 0
  # Not the scratch disk, and no volume groups upon volumes, as on any machine.
  global_filter = [ "a|^/dev/ubd[c-z]$|", "a|^/dev/loop|", "a|^/dev/mapper/fault|", "r|.*|" ]
}
backup {
  backup = 0
  archive = 0
}
activation {
  udev_sync = 0
  udev_rules = 0
  monitoring = 0
  # Filling memory in advance takes longer than all the rest here.
  reserved_memory = 0
  reserved_stack = 0
}
global {
  locking_dir = "/run/lock/lvm"
  use_lvmpolld = 0
  event_activation = 0
}
CONFIGURATION
export LVM_SYSTEM_DIR=/run/lvm-system DM_DISABLE_UDEV=1 HOME=/run/home TMPDIR=/run/scratch/tmp STILLFRAME_UML=1

echo 'stillframe: booted'
# Through a pipe, because a console is a terminal; in a session of its own.
{
  setsid --wait sh /run/exchange/job < /dev/null
  echo "$?" > /run/exit-code
} 2>&1 | cat
echo 'stillframe: ended'
dmesg > /run/exchange/kernel.log
cp /run/exit-code /run/exchange/exit-code
power_off
