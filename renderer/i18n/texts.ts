/** Types of the window's texts: English is the source, every other language has exactly its keys. */
import type { en } from './en/index.ts';

export type Namespace = keyof typeof en;

type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };

/** What a namespace of another language must hold. */
export type Texts<N extends Namespace> = Translated<(typeof en)[N]>;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}
