/** Meldungen zu Datenträgern, ihren Dateisystemen und Momentaufnahmen. */
import type { MessageWordsById } from '../message-words.ts';

export const VOLUME_WORDS: MessageWordsById = {
  SFR1063E: {
    explanation:
      'Der Name ist weder ein Blockgerät noch ein Einhängepunkt noch eine Datei, von der ein Abbild gemacht werden könnte.',
    userAction:
      'Prüfen Sie die Schreibweise. „stillframe query volume“ listet die Datenträger auf; eine Datei kann mit ihrem Pfad genannt werden.',
  },
  SFR4007E: {
    explanation: 'Geräte darf root lesen, und andere nur, wo eine Administratorin oder ein Administrator es erlaubt.',
    userAction: 'Arbeiten Sie als root, oder lassen Sie sich Zugriff auf das Gerät geben.',
  },
  SFR4987E: {
    explanation:
      'Ein statisches Abbild wird von einem Datenträger gemacht, auf den niemand schreibt. Programme haben Dateien darauf geöffnet, oder etwas anderes hält das Gerät. Die Meldung nennt, wer.',
    userAction:
      'Schließen Sie die genannten Programme, lassen Sie eine Momentaufnahme machen (-imagetype=snapshot), oder nehmen Sie ein dynamisches Abbild (-imagetype=dynamic), das widersprüchlich sein kann.',
  },
  SFR9021E: {
    explanation:
      'Das Gerät wurde abgezogen oder ist ausgefallen, oder sein Name steht inzwischen für einen anderen Datenträger.',
    userAction: 'Prüfen Sie Kabel, Gerät und Kernelprotokoll und sichern Sie dann noch einmal.',
  },
  SFR4037E: {
    explanation: 'Partition, logischer Datenträger oder Datei wurde während der Sicherung vergrößert oder verkleinert.',
    userAction: 'Sichern Sie noch einmal, wenn die Größenänderung abgeschlossen ist.',
  },
  SFR9022E: {
    explanation:
      'Für ein statisches Abbild war er ausgehängt oder schreibgeschützt eingehängt worden, und das System ließ sich das danach nicht rückgängig machen.',
    userAction: 'Sehen Sie in das Kernelprotokoll und hängen Sie ihn dann von Hand ein.',
  },
  SFR9023E: {
    explanation:
      'Eine Sicherung, die auf dem gesicherten Datenträger selbst liegt, hilft nicht, wenn er verloren geht.',
    userAction: 'Verwenden Sie ein Repository auf einem anderen Laufwerk.',
  },
  SFR9024E: {
    explanation:
      'Eine Struktur, die sagt, welche Blöcke belegt sind, hat eine falsche Prüfsumme oder widerspricht einer anderen. Einem Abbild, das ihr traute, könnten Daten fehlen.',
    userAction:
      'Reparieren Sie zuerst das Dateisystem. Um es zu behalten, wie es ist, lesen Sie mit -allowraw jeden Block.',
  },
  SFR9025E: {
    explanation:
      'Welche Blöcke belegt sind, lässt sich nicht sagen, weil das Dateisystem Eigenschaften hat, die neuer sind als dieses Programm.',
    userAction: 'Lesen Sie mit -allowraw jeden Block, oder installieren Sie ein neueres Stillframe.',
  },
  SFR1375E: {
    explanation:
      'Keiner der Anbieter von Momentaufnahmen auf diesem Computer kann diesen Datenträger anhalten: Er ist kein logischer Datenträger, sein Dateisystem lässt sich weder einfrieren noch klonen, oder der Anbieter lehnte ab.',
    userAction:
      '„stillframe query volume DATENTRÄGER -detail“ sagt, was jedem Anbieter fehlt. Mit -imagetype=static machen Sie ein Abbild des ausgehängten Datenträgers.',
  },
  SFR3013E: {
    explanation:
      'Den genannten Anbieter gibt es auf diesem Betriebssystem nicht, oder nicht für Datenträger dieser Art.',
    userAction:
      'Lassen Sie -snapshotproviderimage weg, damit einer gewählt wird, oder verwenden Sie -snapshotproviderimage=NONE.',
  },
  SFR1378E: {
    explanation:
      'In der Datenträgergruppe, im Thin-Pool oder im Dateisystem ist weniger Platz, als die Momentaufnahme voraussichtlich braucht.',
    userAction:
      'Schaffen Sie dort Platz, oder verlangen Sie mit -snapshotcachesize=PROZENT eine kleinere Momentaufnahme.',
  },
  SFR9031E: {
    explanation: 'Sie lief voll, weil viel auf den Datenträger geschrieben wurde, oder jemand hat sie entfernt.',
    userAction:
      'Geben Sie der Momentaufnahme mit -snapshotcachesize mehr Platz, oder sichern Sie zu einer ruhigeren Zeit.',
  },
  SFR9032E: {
    explanation: 'Bis sie entfernt ist, belegt sie Platz und macht das Schreiben langsamer.',
    userAction:
      '„stillframe sweep“ versucht es sofort noch einmal. Misslingt das, entfernen Sie sie mit den Werkzeugen ihrer Art („lvremove“).',
  },
  SFR9033E: {
    explanation:
      'Die Momentaufnahme sollte in einem Augenblick ohne Schreibzugriffe gemacht werden, und in den erlaubten Versuchen gab es keinen.',
    userAction:
      'Versuchen Sie es zu einer ruhigeren Zeit, verkürzen Sie snapshotfsidlewait, oder setzen Sie -snapshotfsidleaction=continue.',
  },
  SFR9034E: {
    explanation:
      'Der Befehl, der Anwendungen auf die Momentaufnahme vorbereitet, endete mit einem Fehler oder dauerte zu lange. Eine Momentaufnahme unvorbereiteter Anwendungen wäre weniger wert, als sie scheint.',
    userAction: 'Berichtigen Sie den Befehl, oder setzen Sie ihn auf "", um ohne ihn auszukommen.',
  },
};
