export const common = {
  loading: 'Loading',
  tryAgain: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  volumes_one: '{{count}} volume',
  volumes_other: '{{count}} volumes',
} as const;
