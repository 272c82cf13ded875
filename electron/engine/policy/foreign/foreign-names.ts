/**
 * Options of IBM's backup-archive client with their shortest abbreviations in capitals, and what they are here. An
 * option is added by one row.
 */
import type { Abbreviable } from '../abbreviations.ts';
import type { OptionName } from '../options.ts';

export interface ForeignOption extends Abbreviable {
  /** Our option that means the same, */
  readonly as?: OptionName;
  /** or why there is none: one English sentence after the name of the option. */
  readonly reason?: string;
  /**
   * Values with which a command line is as if the option were not there, so that it may be left out with a note;
   * `any` for all of them. Absent: leaving it out could surprise, so the command is refused.
   */
  readonly harmless?: 'any' | readonly string[];
}

const NO_SERVER = 'Stillframe has no server; images go to a repository.';
const NO_BACKUP_SETS = 'Stillframe has no backup sets; every image is in a repository.';
const NO_FILES = 'Stillframe makes images of whole volumes; there are no rules for single files.';
const NO_SCHEDULER = 'Stillframe has no scheduler of its own.';
const ENCRYPTED = 'everything in a repository is encrypted, always.';
const DEDUPLICATED = 'everything in a repository is deduplicated, always.';
const FILE_RESTORE = 'it is about restoring single files.';
const FOLLOWS_LANGUAGE = 'dates and numbers follow the language.';
const OTHER_LOG = 'logs have their own place here, and each run keeps its own.';
const COMMAND = 'commands are set in the options file by an administrator, not here.';

function same(display: string, as: OptionName): ForeignOption {
  return { display, as };
}

function none(reason: string, ...displays: readonly string[]): ForeignOption[] {
  return displays.map((display) => ({ display, reason }));
}

/** As `none`, for what only says how fast, how or how loudly the other client works. */
function moot(reason: string, ...displays: readonly string[]): ForeignOption[] {
  return displays.map((display) => ({ display, reason, harmless: 'any' }));
}

/** Why there is no such option here, one English sentence after its name. */
export function reasonOf({ reason = NO_SERVER }: ForeignOption): string {
  return reason;
}

/** Whether a command line means the same without the option; `value` is undefined where it has none. */
export function isHarmless({ harmless = [] }: ForeignOption, value: string | undefined): boolean {
  return harmless === 'any' || harmless.includes((value ?? 'yes').toLowerCase());
}

/** Statements that a name of their own reads. */
export const INCLUDE_IMAGE: ForeignOption = { display: 'INCLUDE.IMAGE' };
export const EXCLUDE_IMAGE: ForeignOption = { display: 'EXCLUDE.IMAGE' };
export const DOMAIN_IMAGE: ForeignOption = { display: 'DOMAIN.Image' };
export const SERVER_NAME: ForeignOption = { display: 'SErvername' };
export const DEFAULT_SERVER: ForeignOption = { display: 'DEFAULTServer' };

/** Options that stand in a file, and on `include.image` lines. */
export const FOREIGN_OPTIONS: readonly ForeignOption[] = [
  INCLUDE_IMAGE,
  EXCLUDE_IMAGE,
  DOMAIN_IMAGE,
  SERVER_NAME,
  DEFAULT_SERVER,
  same('COMPRESSIon', 'compression'),
  same('COMPRESSAlways', 'compressalways'),
  same('IMAGEGapsize', 'imagegapsize'),
  same('IMAGETYpe', 'imagetype'),
  same('DYNAMICimage', 'dynamicimage'),
  same('MODe', 'mode'),
  same('SNAPSHOTPROVIDERImage', 'snapshotproviderimage'),
  same('SNAPSHOTCACHESize', 'snapshotcachesize'),
  same('SNAPSHOTCACHELocation', 'snapshotcachelocation'),
  same('SNAPSHOTFSIDLEWait', 'snapshotfsidlewait'),
  same('SNAPSHOTFSIDLERetries', 'snapshotfsidleretries'),
  same('VERIFYImage', 'verifyimage'),
  same('PASSWORDAccess', 'passwordaccess'),
  same('GUITREEViewafterbackup', 'guitreeviewafterbackup'),
  same('LANGuage', 'language'),
  same('QUIET', 'quiet'),
  ...none(COMMAND, 'PRESNapshotcmd', 'POSTSNapshotcmd', 'PRESChedulecmd', 'POSTSChedulecmd', 'PRENSchedulecmd'),
  ...none(NO_SERVER, 'TCPServeraddress', 'TCPPort', 'TCPADMINPort', 'TCPCLIENTAddress', 'TCPCLIENTPort', 'COMMMethod'),
  ...moot(NO_SERVER, 'TCPBuffsize', 'TCPWindowsize', 'TCPNodelay', 'COMMRESTARTDuration', 'COMMRESTARTInterval'),
  ...none(NO_SERVER, 'NODename', 'ASNODEname', 'VIRTUALNodename', 'FROMNode', 'FROMOwner', 'SHMPort', 'HTTPport'),
  ...none(
    NO_SERVER,
    'NAMEDpipename',
    'SSL',
    'SSLREQuired',
    'SSLFIPSMODE',
    'WEBPorts',
    'LANFREECommmethod',
    'LANFREETCPPort',
  ),
  ...none(NO_SERVER, 'REVOKEremoteaccess', 'USErs', 'GRoups', 'SRVPREPOSTSCHEDDisabled', 'SRVPREPOSTSNAPDisabled'),
  ...none(NO_BACKUP_SETS, 'BACKUPSETName', 'LOCation'),
  { display: 'ENABLELanfree', reason: NO_SERVER, harmless: ['no'] },
  { display: 'ENABLEServerfree', reason: NO_SERVER, harmless: ['no'] },
  ...moot(NO_SERVER, 'TXNBytelimit', 'NFSTIMEout', 'MAKesparsefile', 'TAPEPrompt'),
  ...none('its number of sessions with a server means nothing here.', 'RESOURceutilization'),
  ...none('the passphrase of a repository is never in an options file.', 'PASsword', 'PASSWORDDIR'),
  ...none('the options file is stillframe.opt in the configuration directory.', 'OPTFILE'),
  ...none(NO_FILES, 'DOMain', 'DOMAIN.NAS', 'INCLUDE', 'EXCLUDE', 'EXCLUDE.DIR', 'EXCLUDE.FILE', 'INCLUDE.FILE'),
  ...none(NO_FILES, 'EXCLUDE.FS', 'INCLUDE.FS', 'EXCLUDE.ARCHIVE', 'INCLUDE.ARCHIVE', 'EXCLUDE.COMPRESSION'),
  ...none(
    NO_FILES,
    'INCLUDE.COMPRESSION',
    'EXCLUDE.FILE.BACKUP',
    'INCLUDE.BACKUP',
    'EXCLUDE.BACKUP',
    'INCLUDE.ATTRIBUTE.SYMLINK',
  ),
  ...none(NO_FILES, 'SNAPSHOTPROVIDERFs', 'SNAPSHOTRoot', 'ABSolute', 'INCRBYDate', 'VIRTUALMountpoint'),
  ...none(NO_FILES, 'FILELIst', 'FILESOnly', 'DIRSOnly', 'DESCription', 'ARCHMc', 'RESETARCHIVEATTRIBUTE'),
  ...none(NO_FILES, 'ARCHSYMLinkasfile', 'AUTOFsrename', 'SYSTEMOBJECT'),
  ...moot(NO_FILES, 'CHAngingretries', 'MEMORYEFficientbackup', 'DISKCACHELocation', 'SUbdir', 'FOLlowsymbolic'),
  ...moot(NO_FILES, 'SKIPACL', 'SKIPACLUPdatecheck', 'NUMBEROFRETRIES', 'PRESERVELastaccessdate', 'ALLOWSPACEs'),
  ...moot(NO_FILES, 'NOJOurnal'),
  ...none('rules in another file are imported by opening that file.', 'INCLExcl'),
  ...none(ENCRYPTED, 'ENCRYPTKey', 'INCLUDE.ENCRYPT', 'EXCLUDE.ENCRYPT'),
  ...moot(ENCRYPTED, 'ENCRYPTIontype'),
  { display: 'DEDUPLication', reason: DEDUPLICATED, harmless: ['yes'] },
  ...moot(DEDUPLICATED, 'ENABLEDEDUPCache', 'DEDUPCACHESize', 'DEDUPCACHEPath'),
  ...none(DEDUPLICATED, 'INCLUDE.DEDUP', 'EXCLUDE.DEDUP'),
  ...none(
    NO_SCHEDULER,
    'SCHEDMODe',
    'SCHEDCMDDisabled',
    'SCHEDRESTRetrdisabled',
    'MANAGEDServices',
    'QUERYSCHedperiod',
  ),
  ...none(NO_SCHEDULER, 'MAXCMDRetries', 'RETRYPeriod', 'RUNASservice', 'SESSIONINITiation'),
  ...none(
    OTHER_LOG,
    'ERRORLOGName',
    'ERRORLOGRetention',
    'ERRORLOGMAX',
    'SCHEDLOGName',
    'SCHEDLOGRetention',
    'SCHEDLOGMAX',
  ),
  ...none(FOLLOWS_LANGUAGE, 'DATEformat', 'TIMEformat'),
  ...moot(FOLLOWS_LANGUAGE, 'NUMBERformat'),
  // An image replaces what is on its target, and whoever starts it is asked; “no” asks for something else.
  { display: 'REPlace', reason: FILE_RESTORE, harmless: ['yes', 'all', 'prompt'] },
  ...none(FILE_RESTORE, 'LATest', 'DELetefiles', 'IFNewer', 'PRESERVEPath'),
  ...moot('messages cannot be made longer.', 'VERBose'),
  ...moot('nothing is shown page by page.', 'SCROLLLines', 'SCROLLPrompt'),
];
