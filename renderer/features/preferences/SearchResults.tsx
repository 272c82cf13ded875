/** Options of all tabs that a search found, edited where they are found. */
import { IconSearchOff } from '@tabler/icons-react';
import { type OptionDescription, preferenceTabSchema } from '#contract';
import { EmptyState } from '../../components/EmptyState.tsx';
import { t } from '../../i18n/t.ts';
import { shownText } from '../../stores/preference-draft.ts';
import { useValue } from '../../stores/use-stores.ts';
import { OptionFields } from './fields/OptionFields.tsx';
import { valueWords } from './fields/option-values.ts';
import { found } from './search.ts';

interface SearchResultsProps {
  query: string;
  options: readonly OptionDescription[];
}

export function SearchResults({ query, options }: SearchResultsProps) {
  const draft = useValue('preferences', (state) => state.draft);
  const results = found(options, query, (option) => {
    const text = shownText(option, draft);
    return `${text}\n${valueWords(option, text)}`;
  });
  const words = t('preferences:search.results', { count: results.length, query: query.trim() });
  // Tabs in the order of their best result.
  const tabs = [...new Set(results.map(({ tab }) => tab))].filter((tab) => preferenceTabSchema.safeParse(tab).success);
  return (
    <section className="sf-pref-panel" aria-label={t('preferences:search.region')} data-pane>
      <p role="status" className="sf-unseen">
        {words}
      </p>
      {results.length === 0 ? (
        <EmptyState icon={IconSearchOff} text={t('preferences:search.nothing', { query: query.trim() })} />
      ) : null}
      {tabs.map((tab) =>
        tab === undefined ? null : (
          <section key={tab} aria-label={t(`preferences:tabs.${tab}`)}>
            <h2 className="sf-pref-heading">{t(`preferences:tabs.${tab}`)}</h2>
            <OptionFields options={results.filter((option) => option.tab === tab)} />
          </section>
        ),
      )}
    </section>
  );
}
