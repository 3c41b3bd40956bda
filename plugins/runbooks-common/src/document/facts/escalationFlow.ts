import type { EscalationEntry } from '../model';
import { vocabulary } from '../words/vocabulary';

const ARROW = /→|⟶|⇒|↓|⬇|▼|-{1,3}>|={1,3}>|^\s*[|v│▽]\s*$/iu;
const ARROWS = /→|⟶|⇒|↓|⬇|▼|-{1,3}>|={1,3}>/giu;

const isOnlyArrow = (line: string): boolean =>
  /^\s*[|v│▽]\s*$/iu.test(line) ||
  (ARROW.test(line) && line.replace(ARROWS, '').replace(/[\s|│]/gu, '') === '');

const LONGEST_FLOW = 4_000;

/** What begins a chain and is nobody to call. */
const EVENT = vocabulary({
  en: 'alert*, alarm*, incident*, report, reported, issue*, fired, detected, detection, start, ticket, customer report, monitoring',
  de: 'Alarm*, Vorfall, Störung, Meldung',
  es: 'alerta*, incidente*, reporte',
  fr: 'alerte*, incident*',
  pt: 'alerta*, incidente*',
  zh: '告警, 警报, 故障, 事件',
  ja: 'アラート, 障害, 検知',
  ko: '알림, 장애, 감지',
});

/**
 * Whom to call one after another, as people draw it; nothing where a text draws no chain.
 *
 * ```text
 * Primary on-call (5 min)          Support → Team lead → Head of platform
 *     ↓ no answer
 * Team lead
 * ```
 */
export function readEscalationFlow(
  text: string,
  firstLine: number,
): EscalationEntry[] {
  if (text.length > LONGEST_FLOW || !ARROW.test(text)) return [];
  const links: Array<Omit<EscalationEntry, 'level'>> = [];
  let reason: string | undefined;
  const lines = text.split('\n');
  const isDrawnDown = lines.some(line =>
    isOnlyArrow(line.replace(/\([^()]*\)/g, '')),
  );
  lines.forEach((line, index) => {
    if (isOnlyArrow(line) || (!isDrawnDown && !ARROW.test(line))) return;
    const isArrowFirst = /^\s*(?:→|⟶|⇒|↓|⬇|▼|\|)/u.test(line);
    const parts = line
      .split(ARROWS)
      .map(part => part.trim())
      .filter(part => /[\p{L}\p{N}]/u.test(part));
    parts.forEach((part, at) => {
      const words = part.replace(/^[\s│├└─|]+|^\d{1,2}[.)]\s+/gu, '');
      if (isArrowFirst && at === 0 && /^\(.*\)$/.test(words)) {
        reason = words.slice(1, -1);
        return;
      }
      links.push(linkOf(words, reason, firstLine + index));
      reason = undefined;
    });
  });
  const people = links.filter(
    ({ who }, index) =>
      (index > 0 || !EVENT.isIn(who)) &&
      links.findIndex(link => link.who === who) === index,
  );
  return links.length < 2
    ? []
    : people.map((link, index) => ({ level: String(index + 1), ...link }));
}

function linkOf(
  text: string,
  reason: string | undefined,
  line: number,
): Omit<EscalationEntry, 'level'> {
  const bracket = /^([^()]{1,120}?)\s*\(([^()]{1,120})\)\s*$/.exec(text);
  const when = [reason, bracket?.[2]].filter(Boolean).join(', ');
  return {
    who: (bracket?.[1] ?? text).trim(),
    ...(when ? { when } : {}),
    line,
  };
}
