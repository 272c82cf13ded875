import { describe, expect, it } from 'vitest';
import { requestOf, SAMPLE_REQUEST, SampleHost } from './sample-host.ts';

const options = (...elements: string[]) => `<command-options>${elements.join('')}</command-options>`;
const given = (...elements: string[]) => `<command-arguments>${elements.join('')}</command-arguments>`;

/** The command lines that a request runs. */
async function argvOf(request: string): Promise<readonly (readonly string[])[]> {
  const host = new SampleHost();
  const { understood, xml } = await host.answer(request);
  expect(understood, xml).toBe(true);
  return host.ran.map(({ argv }) => argv);
}

/** Why a request is refused; nothing may have been run. */
async function reasonOf(request: string | Uint8Array): Promise<string> {
  const host = new SampleHost();
  const { understood, xml, exitCode } = await host.answer(request);
  expect({ understood, exitCode, ran: host.ran }, xml).toEqual({ understood: false, exitCode: 12, ran: [] });
  expect(xml).toContain('<status>error</status>');
  expect(xml).toContain('<count>0</count>');
  const [, reason = ''] = /<reason>(.*)<\/reason>/s.exec(xml) ?? [];
  return reason;
}

describe('the sample of the field', () => {
  it('runs the command line that its sample response shows', async () => {
    const host = new SampleHost();
    const { xml, exitCode } = await host.answer(SAMPLE_REQUEST);
    expect(exitCode).toBe(0);
    expect(xml).toContain(
      '<command>stillframe backup image -compressalways=no -compression=yes -imagegapsize=10k -mode=Selective ' +
        '-snapshotcachesize=10 -snapshotcachelocation=e: -snapshotfsidleretries=1 -snapshotfsidlewait=4s,500ms e:</command>',
    );
    const [ran] = host.ran;
    expect(ran?.argv).not.toContain('-snapshotcachelocation=e:');
    expect(ran?.notes).toEqual([expect.stringContaining('is a drive of Windows')]);
  });

  it('is answered with the elements of the sample response, in their order', async () => {
    const { xml } = await new SampleHost().answer(SAMPLE_REQUEST);
    const names = [...xml.matchAll(/<([a-z-]+)/g)].map(([, name]) => name);
    expect(names).toEqual([
      ...['tsm-response', 'metadata', 'status', 'count', 'commands-output', 'command-output', 'metadata', 'command'],
      ...['line-count', 'execution-milliseconds', 'exit-code', 'status', 'output', 'line'],
    ]);
    expect(xml).toContain('<line index="1">e:</line>');
    expect(xml).toContain('<execution-milliseconds>12</execution-milliseconds>');
  });
});

describe('command lines', () => {
  it('takes flags as empty elements and formats as the originals name them', async () => {
    const elements = ['<pitdate>11/25/2008</pitdate>', '<dateformat>MM/DD/YYYY</dateformat>', '<noprompt />'];
    const request = requestOf(
      'restore-image',
      options(...elements, '<timeformat>HH:MM:SS</timeformat>', '<verifyimage>no</verifyimage>'),
      given('<destination-filespec>/dev/sdc</destination-filespec>', '<source-filespec>/dev/sdb</source-filespec>'),
    );
    expect(await argvOf(request)).toEqual([
      [
        ...['restore', 'image', '-pitdate=11/25/2008', '-dateformat=1', '-noprompt', '-timeformat=1'],
        ...['-verifyimage=no', '/dev/sdb', '/dev/sdc'],
      ],
    ]);
  });

  it('takes several volumes, in one element or many, quoted where they hold blanks', async () => {
    const lists = ['<volume-list>/dev/a "/srv/my disk"\n/dev/b</volume-list>', "<volume-list>'it is' </volume-list>"];
    expect(await argvOf(requestOf('backup-image', given(...lists)))).toEqual([
      ['backup', 'image', '/dev/a', '/srv/my disk', '/dev/b', 'it is'],
    ]);
  });

  it('takes one name with its blanks', async () => {
    const name = (text: string) => requestOf('query-image', given(`<filespec>${text}</filespec>`));
    expect(await argvOf(name('/srv/my disk'))).toEqual([['query', 'image', '/srv/my disk']]);
    expect(await argvOf(name('"/srv/my disk"'))).toEqual([['query', 'image', '/srv/my disk']]);
    expect(await argvOf(name('&lt;a&gt; &#x26; <![CDATA[<b>]]>'))).toEqual([['query', 'image', '<a> & <b>']]);
  });

  it('takes what can be one of several things', async () => {
    const argument = given('<volume-list>/dev/a</volume-list>', '<id>1234 5678</id>');
    expect(await argvOf(requestOf('delete-backup', argument))).toEqual([
      ['delete', 'backup', '/dev/a', '1234', '5678'],
    ]);
  });

  it('never takes a name for an option', async () => {
    expect(await argvOf(requestOf('backup-image', given('<volume-list>-mode=selective --</volume-list>')))).toEqual([
      ['backup', 'image', '--', '-mode=selective', '--'],
    ]);
  });

  it('knows other names of options, and leaves those of the originals to the command line', async () => {
    const request = requestOf('Backup-Image', options('<MgmtClass>MC</MgmtClass>', '<numberformat>1</numberformat>'));
    expect(await argvOf(request)).toEqual([['backup', 'image', '-managementclass=MC', '-numberformat=1']]);
  });

  it('runs several, and counts them', async () => {
    const command = (volume: string) =>
      `<command-request>${given(`<volume-list>${volume}</volume-list>`)}</command-request>`;
    const host = new SampleHost();
    host.ends = (argv) => ({ lines: [], exitCode: argv.includes('b') ? 12 : 8, milliseconds: 1 });
    const { xml, exitCode } = await host.answer(
      `<tsm-request><operation-name>backup-image</operation-name>${command('a')}${command('b')}${command('c')}</tsm-request>`,
    );
    expect(host.ran).toHaveLength(3);
    expect(exitCode).toBe(12);
    expect(xml).toContain('<count>3</count>');
    expect([...xml.matchAll(/<status>(\w+)/g)].map(([, status]) => status)).toEqual([
      ...['error', 'success', 'error', 'success'],
    ]);
  });
});

describe('refusals', () => {
  const CASES: readonly [string, string, RegExp][] = [
    ['nothing', '', /empty/],
    ['no XML', 'backup image /dev/sda1', /well-formed/],
    ['another document', '<html/>', /“html” is not a request/],
    ['no operation', '<tsm-request><command-request/></tsm-request>', /no operation-name/],
    ['no command', '<tsm-request><operation-name>check</operation-name></tsm-request>', /no command-request/],
    ['an unknown operation', requestOf('restore-systemstate'), /no operation “restore-systemstate”/],
    ['an unknown element', requestOf('check', '<command-option/>'), /“command-option” is not known in command-request/],
    ['an unknown option', requestOf('check', options('<reddata/>')), /“reddata” is no option of “check”/],
    ['an option twice', requestOf('check', options('<readdata/>', '<readdata/>')), /given more than once/],
    ['an element twice', requestOf('check', options(), options()), /more than one command-options/],
    ['an unknown argument', requestOf('check', given('<volume-list>a</volume-list>')), /no argument of “check”/],
    ['an argument twice', requestOf('query-image', given('<filespec>a</filespec>', '<volume>b</volume>')), /too many/],
    ['an empty argument', requestOf('backup-image', given('<volume-list> </volume-list>')), /volume-list is empty/],
    ['an open quote', requestOf('backup-image', given('<volume-list>"a</volume-list>')), /not closed/],
    [
      'a destination without a source',
      requestOf('restore-image', given('<destination-filespec>/dev/sda</destination-filespec>')),
      /destination-filespec needs source-filespec/,
    ],
    [
      'an option that may not be given',
      requestOf('backup-image', options('<presnapshotcmd>id</presnapshotcmd>')),
      /file/,
    ],
    ['a wrong value', requestOf('backup-image', options('<mode>wrong</mode>')), /none of those that are known/],
    ['a wrong time', requestOf('check', '<timeout-secs>0</timeout-secs>'), /timeout-secs cannot be “0”/],
    ['text among elements', requestOf('check', 'readdata'), /holds the text “readdata”/],
    ['elements among text', requestOf('check', '<timeout-secs><b/></timeout-secs>'), /“b” is not known/],
    ['an attribute', '<tsm-request version="1"/>', /no attributes, but there is “version”/],
  ];

  it.each(CASES)('%s', async (_what, request, reason) => {
    expect(await reasonOf(request)).toMatch(reason);
  });

  it('runs none of several where one makes no sense', async () => {
    const good = '<command-request/>';
    const bad = `<command-request>${options('<mode>wrong</mode>')}</command-request>`;
    const operation = '<operation-name>backup-image</operation-name>';
    await reasonOf(`<tsm-request>${operation}${good}${bad}</tsm-request>`);
  });
});

describe('ends', () => {
  it('tells a command that took too long from one that failed', async () => {
    const host = new SampleHost();
    host.ends = (_argv, signal) =>
      new Promise((done) => {
        signal.addEventListener('abort', () => done({ lines: ['released'], exitCode: 12, milliseconds: 1000 }));
      });
    const { xml, exitCode } = await host.answer(requestOf('check', '<timeout-secs>1</timeout-secs>'));
    expect(exitCode).toBe(12);
    expect(xml).toContain('<code>REQUEST_TIMEOUT</code>');
    expect(xml).toContain('<line index="1">released</line>');
    expect(xml).toContain('<line index="2">Error: it did not work. [REQUEST_TIMEOUT]</line>');
  });

  it('begins no further command once the client is gone', async () => {
    const host = new SampleHost();
    const client = new AbortController();
    host.ends = () => {
      client.abort();
      return { lines: [], exitCode: 12, milliseconds: 1 };
    };
    const request = '<command-request/><command-request/>';
    const { xml } = await host.answer(
      `<tsm-request><operation-name>check</operation-name>${request}</tsm-request>`,
      client.signal,
    );
    expect(host.ran).toHaveLength(1);
    expect(xml.match(/<code>CANCELLED<\/code>/g)).toHaveLength(2);
  });

  it('answers where the command line crashes', async () => {
    const host = new SampleHost();
    host.ends = () => {
      throw new TypeError('x is not a function');
    };
    const { xml, exitCode, understood } = await host.answer(requestOf('check'));
    expect({ exitCode, understood }).toEqual({ exitCode: 12, understood: true });
    expect(xml).toContain('<code>INTERNAL</code>');
  });

  it('writes what a terminal would choke on', async () => {
    const host = new SampleHost();
    host.ends = () => ({ lines: ['a\0b\x1b[1m <&>" \ud800 \u{1f600}\r', ' '], exitCode: 0, milliseconds: 1 });
    const { xml } = await host.answer(requestOf('check'));
    expect(xml).toContain('<line index="1">a\ufffdb\ufffd[1m &lt;&amp;&gt;&quot; \ufffd \u{1f600}&#13;</line>');
    expect(xml).toContain('<line-count>1</line-count>');
  });
});
