/** The whole window when its link is no longer valid. */
import { IconLinkOff } from '@tabler/icons-react';
import { ERROR_TEXTS } from '../i18n/errors.ts';

export function ExpiredPage() {
  const { title, meaning, action } = ERROR_TEXTS.UNAUTHORIZED;
  return (
    <main className="sf-expired">
      <IconLinkOff size={40} stroke={1.4} aria-hidden />
      <h1>{title}</h1>
      <p>{meaning}</p>
      <p>{action}</p>
    </main>
  );
}
