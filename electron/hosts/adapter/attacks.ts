/** Documents that attack XML parsers, by what they are called; none of them may make anything run. */
import { requestOf, SAMPLE_REQUEST } from './sample-host.ts';

const VICTIM = requestOf('check', '<command-arguments><volume-list>&x;</volume-list></command-arguments>');
const MANY = 60 * 1024;

function withDoctype(subset: string, rest: string = VICTIM): string {
  return `<?xml version="1.0"?>\n<!DOCTYPE tsm-request ${subset}>\n${rest}`;
}

function inOperand(content: string): string {
  return requestOf('backup-image', `<command-arguments><volume-list>${content}</volume-list></command-arguments>`);
}

function billionLaughs(levels: number): string {
  const entities = Array.from({ length: levels }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`);
  return withDoctype(`[<!ENTITY l0 "lol">${entities.join('')}<!ENTITY x "&l${levels};">]`);
}

const utf16 = (text: string, mark: readonly number[] = [0xff, 0xfe]) =>
  Buffer.concat([Buffer.from(mark), Buffer.from(text, 'utf16le')]);
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Entities and everything that a document type can declare. */
const DECLARATIONS: Readonly<Record<string, string>> = {
  'billion laughs': billionLaughs(9),
  'quadratic blowup': withDoctype(`[<!ENTITY x "${'A'.repeat(20_000)}">]`, inOperand('&x;'.repeat(8000))),
  'entities that name each other': withDoctype('[<!ENTITY x "&y;"><!ENTITY y "&x;">]'),
  'an entity that names itself': withDoctype('[<!ENTITY x "&x;">]'),
  'an external entity of a file': withDoctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]'),
  'an external entity of a host': withDoctype('[<!ENTITY x SYSTEM "http://127.0.0.1:1/">]'),
  'an external entity that never ends': withDoctype('[<!ENTITY x SYSTEM "file:///dev/zero">]'),
  'a public external entity': withDoctype('[<!ENTITY x PUBLIC "-//x" "file:///etc/hostname">]'),
  'a parameter entity': withDoctype('[<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]'),
  'parameter entities that smuggle out': withDoctype(
    `[<!ENTITY % f SYSTEM "file:///etc/passwd"><!ENTITY % e "<!ENTITY x SYSTEM 'http://127.0.0.1:1/?%f;'>">%e;]`,
  ),
  'parameter entities that name each other': withDoctype('[<!ENTITY % a "%b;"><!ENTITY % b "%a;">%a;]'),
  'an external document type': withDoctype('SYSTEM "http://127.0.0.1:1/evil.dtd"'),
  'a public document type': withDoctype('PUBLIC "-//x" "file:///dev/random"'),
  'an unparsed entity': withDoctype('[<!NOTATION n SYSTEM "/bin/sh"><!ENTITY x SYSTEM "a" NDATA n>]'),
  'defaults of attributes': withDoctype('[<!ATTLIST tsm-request a CDATA "b">]', requestOf('check')),
  'a document type alone': '<!DOCTYPE tsm-request>',
  'a document type that does not end': `<!DOCTYPE tsm-request [${'<!ENTITY x "'.repeat(4000)}`,
  'a document type in the middle': SAMPLE_REQUEST.replace('<command-options>', '<!DOCTYPE x><command-options>'),
  'a document type in lower case': `<!doctype tsm-request [<!entity x "y">]>${VICTIM}`,
  'a declaration outside of a document type': `<!ENTITY x "y">${VICTIM}`,
  'a conditional section': `<![INCLUDE[${VICTIM}]]>`,
  'an entity that nobody declared': VICTIM,
  'an entity of HTML': inOperand('&nbsp;'),
  'an entity in capitals': inOperand('&AMP;'),
  'an entity that objects inherit': inOperand('&constructor;&toString;&__proto__;'),
  'an ampersand alone': inOperand('a & b'),
  'an entity that does not end': inOperand(`&${'a'.repeat(MANY)}`),
};

/** What a document may be made of, in the wrong place or in the wrong amount. */
const STRUCTURES: Readonly<Record<string, string>> = {
  XInclude: requestOf(
    'check',
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>',
  ),
  'a default namespace': requestOf('check').replace('<tsm-request>', '<tsm-request xmlns="urn:evil">'),
  'a prefix without a namespace': requestOf('check').replaceAll('tsm-request', 'a:tsm-request'),
  'a namespace for xml': '<tsm-request xmlns:xml="urn:evil"/>',
  'a processing instruction': `<?php system("id"); ?>${requestOf('check')}`,
  'a style sheet': `<?xml-stylesheet href="file:///etc/passwd"?>${requestOf('check')}`,
  'a processing instruction inside': requestOf('check', '<?x y?>'),
  'a second XML declaration': `<?xml version="1.0"?><?xml version="1.0"?>${requestOf('check')}`,
  'a declaration after a blank': ` <?xml version="1.0"?>${requestOf('check')}`,
  'XML 1.1': `<?xml version="1.1"?>${requestOf('check')}`,
  'a declaration that does not end': '<?xml version="1.0"',
  'a declaration of nonsense': `<?xml verzion="1.0"?>${requestOf('check')}`,
  'two requests': requestOf('check') + requestOf('check'),
  'text after the request': `${requestOf('check')}rm -rf /`,
  'text before the request': `x${requestOf('check')}`,
  'a deep tree': '<a>'.repeat(20_000),
  'a deep tree that is closed': `${'<a>'.repeat(9000)}${'</a>'.repeat(9000)}`,
  'a wide tree': `<tsm-request>${'<a/>'.repeat(15_000)}</tsm-request>`,
  'many commands': `<tsm-request><operation-name>check</operation-name>${'<command-request/>'.repeat(3000)}</tsm-request>`,
  'a long name': `<${'a'.repeat(MANY)}/>`,
  'a long name that is not closed': `<${'a'.repeat(MANY)}`,
  'a long attribute': `<tsm-request a="${'b'.repeat(MANY)}"/>`,
  'many attributes': `<tsm-request ${Array.from({ length: 6000 }, (_, at) => `a${at}="b"`).join(' ')}/>`,
  'an attribute twice': '<tsm-request a="1" a="2"/>',
  'an attribute without quotes': '<tsm-request a=1/>',
  'an attribute that does not end': `<tsm-request a="${'b'.repeat(MANY)}`,
  'a long text': inOperand('a'.repeat(MANY)),
  'a long comment that does not end': `<!--${'-'.repeat(MANY)}`,
  'comments that do not end': '<!-- '.repeat(12_000),
  'a comment in a comment': `<!-- <!-- --> -->${requestOf('check')}`,
  'a comment with dashes': `<!-- a -- b -->${requestOf('check')}`,
  'sections that do not end': inOperand('<![CDATA['.repeat(6000)),
  'the end of a section that there is not': inOperand('a]]>b'),
  'a section outside': `<![CDATA[x]]>${requestOf('check')}`,
  'a section that holds a request': `<tsm-request><![CDATA[${requestOf('check')}]]></tsm-request>`,
  'crossed tags': '<tsm-request><operation-name></tsm-request></operation-name>',
  'tags in two cases': '<tsm-request></TSM-REQUEST>',
  'an empty tag': '<></>',
  'a request that does not end': requestOf('check').replace('</tsm-request>', ''),
  'more ends than beginnings': `${requestOf('check')}</tsm-request>`,
  'a tag in a tag': '<tsm-request<operation-name>>',
  'only tags': '<'.repeat(MANY),
  'only ampersands': '&'.repeat(MANY),
  JSON: '{"operation-name":"check"}',
  SOAP: `<soap:Envelope xmlns:soap="urn:x"><soap:Body>${requestOf('check')}</soap:Body></soap:Envelope>`,
};

/** Characters and encodings. */
const ENCODINGS: Readonly<Record<string, string | Uint8Array>> = {
  'a null character': requestOf('check\0'),
  'a reference to a null character': requestOf('check', '<timeout-secs>&#0;</timeout-secs>'),
  'a reference to a control character': inOperand('&#x1b;[2J'),
  'a reference to a surrogate': inOperand('&#xD800;'),
  'a reference beyond Unicode': inOperand('&#x110000;'),
  'a reference with many digits': inOperand(`&#${'9'.repeat(400)};`),
  'a control character': inOperand('\x1b[2J'),
  'a character that is none': inOperand('\uffff'),
  'bytes that are not UTF-8': latin1(inOperand('/srv/\xfc')),
  'a slash in too many bytes': Buffer.concat([Buffer.from('<a>'), Buffer.from([0xc0, 0xaf]), Buffer.from('</a>')]),
  'a surrogate in UTF-8': Buffer.concat([Buffer.from('<a>'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('</a>')]),
  'a character that is cut off': Buffer.from([0x3c, 0x61, 0x3e, 0xf0, 0x9f]),
  'UTF-16 without a mark': Buffer.from(requestOf('check'), 'utf16le'),
  'UTF-16 that is cut off': utf16(requestOf('check')).subarray(0, -1),
  'UTF-16 that says it is UTF-8': utf16(`<?xml version="1.0" encoding="UTF-8"?>${requestOf('check')}`),
  'UTF-8 that says it is UTF-16': `<?xml version="1.0" encoding="UTF-16"?>${requestOf('check')}`,
  'UTF-16 with a document type': utf16(billionLaughs(3)),
  'UTF-7': `<?xml version="1.0" encoding="UTF-7"?>+ADw-tsm-request/+AD4-`,
  'UTF-32': Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]),
  'an encoding that is none': `<?xml version="1.0" encoding="../../etc/passwd"?>${requestOf('check')}`,
  'ISO-8859-1': `<?xml version="1.0" encoding="ISO-8859-1"?>${requestOf('check')}`,
  EBCDIC: Buffer.from([0x4c, 0x6f, 0xa7, 0x94, 0x93]),
  'two marks': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf]), Buffer.from(requestOf('check'))]),
  'a mark alone': Buffer.from([0xef, 0xbb, 0xbf]),
  nothing: '',
  blanks: ' \n'.repeat(1000),
  zeros: Buffer.alloc(MANY),
  'more than is read': `${requestOf('check')}${' '.repeat(65_536)}`,
};

/** All of them. */
export const ATTACKS: Readonly<Record<string, string | Uint8Array>> = { ...DECLARATIONS, ...STRUCTURES, ...ENCODINGS };
