/** What stands before a command that is to be typed, or that a macro runs. */
export const PROMPT = 'Stillframe> ';
/** Before the further lines of one. */
export const CONTINUED_PROMPT = '         -> ';
