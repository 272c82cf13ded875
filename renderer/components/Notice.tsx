/** One thing the person should know, with its icon, and at most one button. */
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.ts';

const ICONS = { info: IconInfoCircle, ok: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX } as const;

interface NoticeProps {
  tone: keyof typeof ICONS;
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Announced at once by screen readers. */
  urgent?: boolean;
}

export function Notice({ tone, title, children, action, urgent = false }: NoticeProps) {
  const Glyph = ICONS[tone];
  return (
    <div className="sf-notice" data-tone={tone} role={urgent ? 'alert' : undefined}>
      <Glyph size={18} aria-label={t(`notice.${tone}`)} />
      <div className="sf-notice-body">
        {title ? <strong className="sf-notice-title">{title}</strong> : null}
        {children}
      </div>
      {action ?? null}
    </div>
  );
}
