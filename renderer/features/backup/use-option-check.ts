/** Checks the options of a run while they are typed: at once by their description, then by the engine. */
import { useEffect, useState } from 'react';
import type { OptionDescription, PreferenceProblem } from '#contract';
import { translateSentence } from '../../i18n/sentences/sentences.ts';
import { t } from '../../i18n/t.ts';
import { mayBe, type Overrides } from '../../stores/run-options.ts';
import { useStores } from '../../stores/use-stores.ts';
import type { EngineClient } from '../../transport/connection.ts';

/** Typing goes on for a moment. */
const PAUSE_MS = 250;

interface Answer {
  about: Overrides;
  problems: readonly PreferenceProblem[];
}

/** Where the engine cannot be asked, the description has to do; a start would refuse what is wrong. */
async function ask(client: EngineClient, about: Overrides): Promise<Answer> {
  const set = Object.fromEntries(Object.entries(about).filter(([, text]) => text !== undefined));
  const { problems } = await client.preferences.check({ set }).catch(() => ({ problems: [] }));
  return { about, problems };
}

export function useOptionCheck(draft: Overrides, options: readonly OptionDescription[]) {
  const { client } = useStores();
  const [answer, setAnswer] = useState<Answer>();

  useEffect(() => {
    const timer = setTimeout(() => void ask(client, draft).then(setAnswer), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [client, draft]);

  const problems: Record<string, string> = {};
  for (const [name, text = ''] of Object.entries(draft)) {
    const option = options.find((each) => each.name === name);
    if (option && !mayBe(option, text))
      problems[name] = t('backup:options.allowed', { allowed: translateSentence(option.allowed) });
  }
  // An answer about what was typed before says nothing about what is typed now.
  for (const { option = '', reason } of answer?.about === draft ? answer.problems : [])
    problems[option] ??= translateSentence(reason);

  /** Asks once more, whatever was answered before; true where nothing is wrong. */
  async function check(): Promise<boolean> {
    if (Object.keys(problems).length > 0) return false;
    const last = await ask(client, draft);
    setAnswer(last);
    return last.problems.length === 0;
  }

  return { problems, check };
}
