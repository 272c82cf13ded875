/** Sentences about logs. */
export const logs: Readonly<Record<string, string>> = {
  'It is set in the options file by an administrator, not here.':
    'Das wird von einer Administratorin oder einem Administrator in der Optionsdatei gesetzt, nicht hier.',
  'The value must be N, or a number of days and then D or S.':
    'Der Wert muss N sein, oder eine Zahl von Tagen und dann D oder S.',
};
