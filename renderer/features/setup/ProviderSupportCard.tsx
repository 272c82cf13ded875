/** One snapshot provider: whether it is ready, where it gets space, and what can be run for it. */
import { Button, Code } from '@mantine/core';
import { IconBan, IconCircleCheck, IconDownload } from '@tabler/icons-react';
import type { ProviderSupport, SupportAction } from '#contract';
import { Sentence } from '../../components/Sentence.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { formatBytes } from '../../i18n/quantities.ts';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import { PROVIDER_WORDS } from '../../i18n/words.ts';

const STATES = {
  ready: { icon: IconCircleCheck, tone: 'ok' },
  installable: { icon: IconDownload, tone: 'info' },
  absent: { icon: IconBan, tone: 'neutral' },
} as const;

interface ProviderSupportCardProps {
  support: ProviderSupport;
  /** Commands can be run by the engine. */
  privileged: boolean;
  busy: boolean;
  onAction(action: SupportAction, command: string): void;
}

export function ProviderSupportCard({ support, privileged, busy, onAction }: ProviderSupportCardProps) {
  const { icon, tone } = STATES[support.state];
  const name = PROVIDER_WORDS[support.provider];
  return (
    <li className="sf-support">
      <div className="sf-support-head">
        <strong>{name}</strong>
        <span className="sf-mono sf-small sf-dim">{support.provider}</span>
        <span className="sf-grow" />
        <StatusBadge icon={icon} tone={tone} word={t(`support:state.${support.state}`)} />
      </div>
      <p className="sf-small sf-dim">
        <Sentence text={support.status} />
      </p>
      {support.spaces.map((space) => (
        <p className="sf-small" key={space.name}>
          {t('support:spaces')} <span className="sf-mono">{space.name}</span>:{' '}
          {t('support:space', { free: formatBytes(space.freeBytes), total: formatBytes(space.totalBytes) })}
        </p>
      ))}
      {support.actions.map(({ action, command, effect }) => (
        <div className="sf-support-action" key={action}>
          <span className="sf-small sf-support-command" title={translateSentence(effect)}>
            <span className="sf-dim">{privileged ? t('support:runs') : t('support:notPrivileged')}</span>{' '}
            <Code>{command}</Code>
          </span>
          {privileged ? (
            <Button
              variant="default"
              disabled={busy}
              aria-label={`${t(`support:action.${action}`)} ${name}`}
              onClick={() => onAction(action, command)}
            >
              {t(`support:action.${action}`)}
            </Button>
          ) : null}
        </div>
      ))}
    </li>
  );
}
