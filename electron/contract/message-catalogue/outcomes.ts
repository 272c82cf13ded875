/** Messages that end something. */
import type { MessageArea } from './message.ts';

export const OUTCOME_MESSAGES: MessageArea = {
  SFR1148I: {
    text: "'{command}' command completed successfully.",
    explanation: 'Everything that was asked for was done.',
    systemAction: 'The return code is 0.',
    userAction: 'None.',
  },
  SFR1895I: {
    text: 'The highest return code of macro {macro} was {returnCode}.',
    explanation: 'The commands of a macro were run; the worst of them ended with this return code.',
    systemAction: 'The macro ends with this return code.',
    userAction: 'If it is not 0, look at the messages of the commands above.',
  },
  SFR1901I: {
    text: 'The highest return code was {returnCode}.',
    explanation:
      '0: all was done. 4: something was skipped. 8: there were warnings. 12: something that was asked for was not done.',
    systemAction: 'The program ends with this return code.',
    userAction: 'If it is not 0, look at the messages above.',
  },
  SFR1228E: {
    text: "Sending of object '{volume}' failed.",
    explanation: 'No image was made of the volume. The message after this one says why.',
    systemAction: 'The volume is not processed any further. Other volumes of the command are.',
    userAction: 'Follow what the next message says.',
  },
  SFR1813E: {
    text: "Image backup of '{volume}' finished with failures.",
    explanation: 'The backup of the volume is over, and no image was made. The messages before this one say why.',
    systemAction: 'Older images of the volume are intact. Processing continues with the next volume.',
    userAction: 'Follow what the messages before say.',
  },
};
