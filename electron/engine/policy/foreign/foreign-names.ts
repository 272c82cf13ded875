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
}

const NO_SERVER = 'Stillframe has no server; images go to a repository.';
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
  ...none(NO_SERVER, 'TCPServeraddress', 'TCPPort', 'TCPADMINPort', 'TCPCLIENTAddress', 'TCPCLIENTPort', 'TCPBuffsize'),
  ...none(NO_SERVER, 'TCPWindowsize', 'TCPNodelay', 'COMMMethod', 'COMMRESTARTDuration', 'COMMRESTARTInterval'),
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
  ...none(NO_SERVER, 'ENABLELanfree', 'ENABLEServerfree', 'TXNBytelimit', 'NFSTIMEout', 'REVOKEremoteaccess', 'USErs'),
  ...none(NO_SERVER, 'GRoups', 'MAKesparsefile', 'TAPEPrompt', 'SRVPREPOSTSCHEDDisabled', 'SRVPREPOSTSNAPDisabled'),
  ...none('its number of sessions with a server means nothing here.', 'RESOURceutilization'),
  ...none('the passphrase of a repository is never in an options file.', 'PASsword', 'PASSWORDDIR'),
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
  ...none(
    NO_FILES,
    'SNAPSHOTPROVIDERFs',
    'SNAPSHOTRoot',
    'CHAngingretries',
    'MEMORYEFficientbackup',
    'DISKCACHELocation',
  ),
  ...none(NO_FILES, 'SUbdir', 'ABSolute', 'INCRBYDate', 'FOLlowsymbolic', 'ARCHSYMLinkasfile', 'VIRTUALMountpoint'),
  ...none(NO_FILES, 'AUTOFsrename', 'SKIPACL', 'SKIPACLUPdatecheck', 'NUMBEROFRETRIES', 'PRESERVELastaccessdate'),
  ...none(NO_FILES, 'RESETARCHIVEATTRIBUTE', 'SYSTEMOBJECT', 'ALLOWSPACEs'),
  ...none('rules in another file are imported by opening that file.', 'INCLExcl'),
  ...none(ENCRYPTED, 'ENCRYPTIontype', 'ENCRYPTKey', 'INCLUDE.ENCRYPT', 'EXCLUDE.ENCRYPT'),
  ...none(
    DEDUPLICATED,
    'DEDUPLication',
    'ENABLEDEDUPCache',
    'DEDUPCACHESize',
    'DEDUPCACHEPath',
    'INCLUDE.DEDUP',
    'EXCLUDE.DEDUP',
  ),
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
  ...none(FOLLOWS_LANGUAGE, 'DATEformat', 'TIMEformat', 'NUMBERformat'),
  ...none(FILE_RESTORE, 'REPlace', 'LATest', 'DELetefiles'),
  ...none('messages cannot be made longer.', 'VERBose'),
];
