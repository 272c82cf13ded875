/** The hub: the ways in, and the frame around the health of volumes and repository. */
export const hub = {
  title: 'Hub',
  ways: {
    label: 'What to do',
    backup: 'Make images of volumes',
    restore: 'Bring a volume back from an image',
    activity: 'See what runs, what ran, and its log',
    preferences: 'Choose how images are made',
  },
  volumes: 'Volumes',
  repository: 'Repository',
  loading: 'Loading the health of your volumes',
  protected_one: '{{good}} of {{count}} volume is protected.',
  protected_other: '{{good}} of {{count}} volumes are protected.',
  allProtected_one: 'Your volume is protected.',
  allProtected_other: 'All {{count}} volumes are protected.',
  noneProtected: 'No volume is protected yet.',
  never_one: '{{count}} was never backed up.',
  never_other: '{{count}} were never backed up.',
  neverList_one: '{{count}} volume without an image',
  neverList_other: '{{count}} volumes without an image',
  repositoryBad: 'The repository needs a look first.',
  empty: {
    title: 'No image yet',
    text: 'An image is a copy of a whole volume: its files, its settings, everything needed to start from. Choose a volume, and Stillframe stores one. The next one stores only what changed.',
    action: 'Make the first image',
  },
} as const;
