/** What policy says about images, and what becomes of them. */
export const retention = {
  kept: {
    active: 'kept: active',
    pinned: 'kept: pinned',
    foreign: 'kept: made by restic',
    until: 'kept until {{date}} ({{days}} after it became inactive)',
    amongNewest: 'kept: among the newest {{images}}',
    unlimited: 'kept without limit',
    graceUntil: 'kept until {{date}} (grace retention: its class has no copy group)',
    grace: 'kept: grace retention without limit, its class has no copy group',
  },
  gone: {
    versions: 'goes at the next expiration: more than {{images}}',
    age: 'goes at the next expiration: inactive for {{days}}, {{limit}} are kept',
    onlyVersion: 'goes at the next expiration: last image of a deactivated volume, inactive for {{days}}',
    graceOver: 'goes at the next expiration: the grace retention of {{limit}} is over',
    deleted: 'goes at the next expiration: deleted',
  },
  removed: {
    versions: 'more than {{images}}',
    age: 'inactive for {{days}}, {{limit}} are kept',
    onlyVersion: 'last image of a deactivated volume, inactive for {{days}}, {{limit}} are kept',
    graceOver: 'the grace retention of {{limit}} was over',
    deleted: 'deleted',
  },
  day_one: '{{shown}} day',
  day_other: '{{shown}} days',
} as const;
