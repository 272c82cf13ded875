/** Keeps a view that cannot be drawn, or whose program cannot be fetched, from taking the whole window with it. */
import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import type { WireError } from '#contract';
import { ErrorCard } from '../components/ErrorCard.tsx';
import { t } from '../i18n/t.ts';

interface Props {
  /** Another value is another content: it is tried anew. */
  of: string;
  /** Shows nothing in its place: for what lies over a view that is still there. */
  quiet?: boolean;
  children: ReactNode;
}

interface State {
  of: string;
  error: WireError | null;
}

export class ContentBoundary extends Component<Props, State> {
  override state: State = { of: this.props.of, error: null };

  static getDerivedStateFromError(thrown: unknown): Partial<State> {
    return { error: { code: 'INTERNAL', message: String(thrown), details: {} } };
  }

  static getDerivedStateFromProps({ of }: Props, state: State): Partial<State> | null {
    return of === state.of ? null : { of, error: null };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    if (this.props.quiet) return null;
    return (
      <div className="sf-pad">
        <ErrorCard
          error={error}
          action={
            // A program that could not be fetched once is fetched again only by a fresh page.
            <Button variant="default" onClick={() => window.location.reload()}>
              {t('tryAgain')}
            </Button>
          }
        />
      </div>
    );
  }
}
