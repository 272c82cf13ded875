/** Help → Keyboard shortcuts: every key there is, by menu and by place. */
import { APPLICATION_MENU, MENU_LABELS } from '#contract';
import { keyText } from '../i18n/keys.ts';
import { currentLanguage } from '../i18n/language.ts';
import { t } from '../i18n/t.ts';

interface KeyGroup {
  title: string;
  rows: readonly { label: string; keys: readonly string[] }[];
}

function groups(): KeyGroup[] {
  const labels = MENU_LABELS[currentLanguage()];
  const menus = APPLICATION_MENU.map(({ name, entries }) => ({
    title: labels[name],
    rows: entries.flatMap((entry) =>
      entry.kind === 'command' && entry.performedBy === 'window' && entry.accelerator
        ? [{ label: labels[entry.command], keys: [entry.accelerator] }]
        : [],
    ),
  }));
  return [
    {
      title: t('shell:shortcuts.moving'),
      rows: [
        { label: t('shell:shortcuts.nextPane'), keys: ['F6'] },
        { label: t('shell:shortcuts.previousPane'), keys: ['Shift+F6'] },
        { label: t('shell:shortcuts.openMenu'), keys: ['→', '←'] },
        { label: t('shell:shortcuts.closeDialog'), keys: ['Escape'] },
      ],
    },
    {
      title: t('shell:shortcuts.lists'),
      rows: [
        { label: t('shell:shortcuts.move'), keys: ['↓', '↑'] },
        { label: t('shell:shortcuts.ends'), keys: ['Home', 'End'] },
        { label: t('shell:shortcuts.select'), keys: ['Space'] },
        { label: t('shell:shortcuts.fold'), keys: ['→', '←'] },
        { label: t('shell:shortcuts.choose'), keys: ['Enter'] },
        { label: t('shell:shortcuts.all'), keys: ['CmdOrCtrl+A'] },
        { label: t('shell:shortcuts.range'), keys: ['Shift+↓', 'Shift+↑'] },
        { label: t('shell:shortcuts.page'), keys: ['PageDown', 'PageUp'] },
      ],
    },
    {
      title: t('shell:views.preferences'),
      rows: [
        { label: t('shell:shortcuts.find'), keys: ['CmdOrCtrl+F'] },
        { label: t('shell:shortcuts.save'), keys: ['CmdOrCtrl+S'] },
      ],
    },
    ...menus.filter(({ rows }) => rows.length > 0),
  ];
}

export function Shortcuts() {
  return (
    <div className="sf-key-groups">
      {groups().map(({ title, rows }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <dl className="sf-keys">
            {rows.map(({ label, keys }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  {keys.map((key) => (
                    <kbd key={key}>{keyText(key)}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
