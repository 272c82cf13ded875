/** The states of a block map by colour, with how much is in each: the map's text alternative. */
import { BLOCK_STATES, type BlockState } from '#contract';
import { exactBytes, formatBytes } from '../../i18n/quantities.ts';
import { t } from '../../i18n/t.ts';
import { type StateWords, stateWord } from './cell-words.ts';
import { stateColour } from './map-palette.ts';

/** Sentences that say what a state means. */
export type StateHelp = 'help' | 'imageHelp' | 'differenceHelp';

interface BlockLegendProps {
  /** In this order; they are there even where nothing is in them, so that nothing moves. */
  shown: readonly BlockState[];
  /** Bytes in each state, by the state's number. */
  bytes: readonly number[];
  words: StateWords;
  help: StateHelp;
}

export function BlockLegend({ shown, bytes, words, help }: BlockLegendProps) {
  return (
    <ul className="sf-blocks-legend" aria-label={t('blocks:totals')}>
      {shown.map((state) => {
        const value = bytes[BLOCK_STATES.indexOf(state)] ?? 0;
        return (
          <li key={state} title={`${t(`blocks:${help}.${state}`)} · ${exactBytes(value)}`} data-empty={value === 0}>
            <span className="sf-swatch" style={{ background: stateColour(state) }} aria-hidden />
            <span className="sf-blocks-name">{stateWord(words, state)}</span>
            <span className="sf-blocks-bytes">{formatBytes(value)}</span>
          </li>
        );
      })}
    </ul>
  );
}
