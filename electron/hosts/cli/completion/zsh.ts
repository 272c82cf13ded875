/** The completion script for zsh, 5 or newer. */
import { OPTION_ROWS } from '#engine/policy/options.ts';
import { commonLine, NAME_LINES, treeLines, valueLines } from './posix-tree.ts';
import { quoted } from './shell-words.ts';

export function zshScript(): string[] {
  return [
    '#compdef stillframe',
    '# Completion of Stillframe’s command line for zsh; made from its tables by “stillframe completion zsh”.',
    '# Put it into a folder of $fpath as _stillframe, or read it after compinit with',
    '#   source <(stillframe completion zsh)',
    '',
    ...valueLines(),
    '',
    ...NAME_LINES,
    '',
    '_stillframe() {',
    '    local word token=$PREFIX helping= next= options= volumes= files= choices= values= name=',
    commonLine(),
    '    local -a operands flags valued known',
    '    local -A help=(',
    ...OPTION_ROWS.map((row) => `        ${row.name} ${quoted(oneLine(row.help))}`),
    '    )',
    '    local -A about',
    `    for word in "\${(@)words[2,CURRENT-1]}"; do`,
    `        [[ $word == -?* ]] || operands+=("\${(L)\${(Q)word}}")`,
    '    done',
    `    if [[ -n \${operands[1]-} && help == "\${operands[1]}"* ]]; then helping=yes; shift operands; fi`,
    ...treeLines({ first: 1, describes: true }),
    "    local -a insensitive=(-M 'm:{[:upper:]}={[:lower:]}')",
    '    if [[ $token == -*=* ]]; then',
    `        name=\${(L)\${token%%=*}##*-}`,
    `        _stillframe_name "$name" \${=options}`,
    '        _stillframe_values "$name"',
    "        compset -P '*='",
    `        if [[ $values == @files ]]; then _files; else compadd $insensitive -- \${=values}; fi`,
    '    elif [[ $token == -* ]]; then',
    `        local hyphens=\${token%%[^-]*}`,
    `        for word in \${=options}; do`,
    `            if [[ $word == *= ]]; then valued+=("$hyphens\${word%=}:\${help[\${word%=}]//:/\\\\:}")`,
    `            else flags+=("$hyphens$word:\${help[$word]//:/\\\\:}"); fi`,
    '        done',
    "        _describe -o option flags $insensitive -- valued $insensitive -qS '='",
    '    else',
    `        [[ -n $helping || -n \${operands[1]-} ]] || next+=" help"`,
    `        for word in \${=next} \${=choices}; do known+=("$word\${about[$word]:+:\${about[$word]//:/\\\\:}}"); done`,
    `        (( \${#known} )) && _describe command known $insensitive`,
    `        if [[ -n $volumes ]]; then compadd -f -- \${(f)"$(\${(Q)words[1]} completion volumes 2>/dev/null)"}; fi`,
    '        if [[ -n $files ]]; then _files; fi',
    '    fi',
    '}',
    '',
    'if [[ $funcstack[1] == _stillframe ]]; then',
    '    _stillframe "$@"',
    'else',
    '    compdef _stillframe stillframe',
    '    # The name that scripts know is completed where it is a link to this program, and left alone else.',
    `    [[ \${commands[dsmc]:A} == *stillframe* ]] && compdef _stillframe dsmc`,
    'fi',
  ];
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}
