export const support = {
  state: { ready: 'Ready', installable: 'Can be installed', absent: 'Not available' },
  action: { install: 'Install', update: 'Update', remove: 'Remove' },
  runs: 'Runs:',
  spaces: 'Free extents',
  space: '{{free}} free of {{total}}',
  confirmTitle: '{{action}}: {{provider}}',
  confirm: 'This command is run as root on the computer with the engine:',
  running: 'The command is running…',
  succeeded: 'Done. The providers were looked at again.',
  failed: 'The command did not succeed. Nothing else was changed.',
  output: 'Output of the command',
  notPrivileged: 'The engine does not run as root. Run the command yourself:',
} as const;
