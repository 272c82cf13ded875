/** Messages about commands, options and the program itself. */
import { type MessageArea, NOTHING_DONE } from './message.ts';

export const REQUEST_MESSAGES: MessageArea = {
  SFR1107E: {
    text: 'The option {option} cannot be used.',
    explanation:
      'There is no such option, the command does not take it, or its value does not fit. If it stands in the options file or the environment, the message says where.',
    systemAction: NOTHING_DONE,
    userAction: 'Correct it. “stillframe help COMMAND” lists the options of a command, docs/options.md all of them.',
  },
  SFR9081E: {
    text: '{file} was changed by someone else meanwhile.',
    explanation: 'Between reading and saving the options file another program wrote to it.',
    systemAction: 'The file was not changed.',
    userAction: 'Look at it again, then repeat the change.',
  },
  SFR9082E: {
    text: '{file} cannot be written.',
    explanation: 'The options file or its folder belongs to somebody else, or there is no space left.',
    systemAction: 'The file was not changed.',
    userAction: 'Check who owns the file and its folder, and that the disk has space left.',
  },
  SFR9083E: {
    text: 'The command was not understood.',
    explanation: 'A word is no command or fits several, an argument is missing or is one too many, or it is empty.',
    systemAction: NOTHING_DONE,
    userAction: 'Follow what the message proposes. “stillframe help” lists the commands.',
  },
  SFR9084E: {
    text: 'The request was not understood. Nothing was done.',
    explanation:
      'What was sent to the adapter or to the engine is not well formed, is too large, or asks for something that does not exist.',
    systemAction: NOTHING_DONE,
    userAction: 'Correct it, then send it again.',
  },
  SFR9085E: {
    text: 'The operation was stopped, because it took longer than {seconds} seconds.',
    explanation: 'The request set a limit with timeout-secs.',
    systemAction: 'The operation was cancelled, and everything that it held was released.',
    userAction: 'Allow more time; what was stored so far is used by the next run.',
  },
  SFR9086E: {
    text: 'There is no such run, or not any more.',
    explanation: 'No run has such an id, it has ended and is forgotten, or the program was started anew since.',
    systemAction: NOTHING_DONE,
    userAction: 'Look at Activity (“stillframe query activity”), and start it again if it is needed.',
  },
  SFR9087E: {
    text: 'The volume {volume} is already being worked on.',
    explanation: 'Another task of this program reads or writes the same volume or repository.',
    systemAction: NOTHING_DONE,
    userAction: 'Wait until that has finished, or cancel it.',
  },
  SFR9088E: {
    text: 'The command line cannot do that.',
    explanation: 'It needs something that only another host has, such as a dialog to pick a folder.',
    systemAction: NOTHING_DONE,
    userAction: 'Use the window.',
  },
  SFR9089E: {
    text: 'Access was refused.',
    explanation: 'The token of the request is missing or is not that of this start of the web host.',
    systemAction: NOTHING_DONE,
    userAction: 'Use the address that “stillframe web” printed.',
  },
  SFR1029E: {
    text: 'The engine ended unexpectedly.',
    explanation: 'The connection to the process that does the work was lost: it was killed, or it crashed.',
    systemAction: 'Runs that it worked on have ended. What they left is cleaned up at the next start.',
    userAction: 'Run the command again. If it happens again, look at the error log.',
  },
  SFR1074E: {
    text: 'The run was cancelled before it was finished.',
    explanation: 'Somebody stopped it: with Ctrl+C, in the window, with “cancel”, or by ending the program.',
    systemAction: 'The run ended once everything that it held was released.',
    userAction:
      'Run the command again when it suits. What a cancelled backup stored is used then; a target that a cancelled restore wrote to does not hold a complete volume.',
  },
  SFR1028S: {
    text: 'Something went wrong that should not have.',
    explanation: 'The program met a condition that it does not expect, or a program that it relies on failed.',
    systemAction: 'Processing of this command stops. Everything that it held is released.',
    userAction: 'Please report it, with what -debug writes and with the support file that the window makes.',
  },
};
