/** Sentences about prune. */
export const prune: Readonly<Record<string, string>> = {
  'Phase: expire.': 'Phase: Verfall.',
  'Phase: repack.': 'Phase: Umpacken.',
  'Phase: delete.': 'Phase: Löschen.',
  'Something would be removed without an exclusive lock.': 'Ohne exklusive Sperre würde etwas entfernt.',
  'A snapshot needs it, and its pack {0} is missing.': 'Ein Snapshot braucht es, und sein Paket {0} fehlt.',
  'A snapshot needs it, and its pack {0} is not as long as the index says.':
    'Ein Snapshot braucht es, und sein Paket {0} ist nicht so lang, wie der Index sagt.',
  'A snapshot needs it, and pack {0} is damaged.': 'Ein Snapshot braucht es, und Paket {0} ist beschädigt.',
  'The repository has too little free space to write everything anew that is worth it. Prune again when this is done.':
    'Im Repository ist zu wenig Platz frei, um alles neu zu schreiben, was sich lohnt. Bereinigen Sie danach noch einmal.',
  'Nothing was removed. "stillframe check" names everything that is damaged.':
    'Es wurde nichts entfernt. "stillframe check" nennt alles, was beschädigt ist.',
  'Nothing was removed. Snapshot {0} needs it; "stillframe check" names everything that is damaged.':
    'Es wurde nichts entfernt. Snapshot {0} braucht es; "stillframe check" nennt alles, was beschädigt ist.',
  'A folder in the tree has no tree of its own.': 'Ein Ordner im Baum hat keinen eigenen Baum.',
  'A file in the tree has no content.': 'Eine Datei im Baum hat keinen Inhalt.',
  'a list does not end': 'eine Liste endet nicht',
  'The blob is damaged.': 'Der Blob ist beschädigt.',
  'The tree is larger than {0} bytes.': 'Der Baum ist größer als {0} Bytes.',
};
