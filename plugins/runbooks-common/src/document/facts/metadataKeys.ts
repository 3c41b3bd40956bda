import type { RunbookMetadata } from '../model';
import { vocabulary, type Words } from '../words/vocabulary';
import { withoutBracketAtEnd } from '../../text/bracketAtEnd';

/** A fact about a document or a procedure that has a place of its own. */
export type KnownKey = Exclude<keyof RunbookMetadata, 'other'>;

/**
 * What the keys of facts are called, one line per language. The whole key must be one of the words, without what
 * stands in brackets behind it; the first fact that has it decides.
 */
const KEY_WORDS: Record<KnownKey, Words> = {
  owner: {
    en: 'owner, owners, document owner*, doc owner*, runbook owner*, service owner*, primary owner*, technical owner*, process owner*, team owner*, owner team, maintainer, maintainers, maintained by, owned by, owning team, responsible, responsible team, responsible person, team, author, authors, written by, prepared by, poc, point of contact, dri, squad',
    de: 'Verantwortlich*, Besitzer, Eigentümer, Autor, Autorin, gepflegt von, erstellt von',
    fr: 'propriétaire, responsable, auteur, auteure, auteurs, équipe, équipe responsable, maintenu par, rédigé par',
    es: 'propietario, responsable, responsables, autor, autora, dueño, equipo, equipo responsable, mantenido por, elaborado por',
    pt: 'proprietário, responsável, responsáveis, autor, autora, dono, equipe, equipe responsável, time responsável, mantido por, elaborado por',
    it: 'proprietario, responsabile, autore, gestito da, redatto da',
    nl: 'eigenaar, verantwoordelijke, auteur, beheerder',
    pl: 'właściciel, autor, odpowiedzialny, opiekun',
    ru: 'владелец, ответственный, автор, поддерживает',
    zh: '负责人, 維護者, 维护者, 维护人, 维护人员, 维护团队, 所有者, 作者, 责任人, 文档负责人, 编写人, 负责团队',
    ja: '担当, 担当者, 責任者, 作成者, 管理者, 管理部署, 作成, オーナー',
    ko: '담당자, 작성자, 책임자, 관리자, 소유자, 담당 팀, 담당팀',
    vi: 'người phụ trách, chủ sở hữu, tác giả, người viết, nhóm phụ trách, đội phụ trách',
  },
  version: {
    en: 'version, document version, doc version, runbook version, revision, rev, version number',
    de: 'Version, Dokumentversion, Fassung',
    es: 'versión, revisión',
    pt: 'versão, revisão',
    it: 'versione',
    nl: 'versie',
    pl: 'wersja',
    ru: 'версия, версия документа',
    zh: '版本, 版本号, 文档版本, 文件版本, *手册版本, *文档版本',
    ja: 'バージョン, 版, 版数',
    ko: '버전, 문서 버전',
    vi: 'phiên bản',
  },
  lastUpdated: {
    en: 'last update, last updated, last updated on, last updated at, last updated date, last review, last reviewed, last reviewed on, last modified, last modified on, last revised, last changed, last edited, last verified, last validated, last tested, date last updated, date last reviewed, date reviewed, updated, updated on, updated at, date, date updated, date created, date modified, revision date, effective date, reviewed, reviewed on, lastmod, ms.date',
    de: 'Stand, letztes Update, letzte Aktualisierung, zuletzt aktualisiert, zuletzt geprüft, zuletzt geändert, letzte Änderung, letzte Prüfung, aktualisiert am, Datum',
    fr: 'dernière mise à jour, mis à jour le, mise à jour, dernière révision, dernière revue, dernière modification, date, dernière maj',
    es: 'última actualización, última revisión, última modificación, actualizado, actualizado el, fecha, fecha de actualización',
    pt: 'última atualização, última revisão, última modificação, última alteração, atualizado em, atualizado, data, data de atualização',
    it: 'ultimo aggiornamento, ultima revisione, ultima modifica, aggiornato il, data',
    nl: 'laatst bijgewerkt, laatste update, laatst gewijzigd, datum',
    pl: 'ostatnia aktualizacja, zaktualizowano, data aktualizacji, data',
    ru: 'последнее обновление, обновлено, дата обновления, дата, последняя проверка',
    zh: '最后更新, 最後更新, 更新时间, 更新日期, 更新於, 更新于, 最近更新, 修订日期, 日期, 最后修改',
    ja: '最終更新, 最終更新日, 更新日, 改訂日, 最終改訂日, 最終レビュー日',
    ko: '최종 수정일, 최종 업데이트, 마지막 업데이트, 최근 업데이트, 최종 수정, 수정일, 업데이트, 갱신일, 작성일',
    vi: 'cập nhật lần cuối, cập nhật cuối, lần cập nhật cuối, ngày cập nhật, cập nhật',
  },
  nextReview: {
    en: 'next review, next review date, next review due, next scheduled review, review date, review by, review due, due for review',
    de: 'nächste Prüfung, nächste Überprüfung, nächstes Review',
    fr: 'prochaine révision, prochaine revue',
    es: 'próxima revisión',
    pt: 'próxima revisão',
    ru: 'следующая проверка, следующий пересмотр',
    zh: '下次审查, 下次评审, 下次审核, 下次更新',
    ja: '次回レビュー, 次回見直し, 次回レビュー日',
    ko: '다음 검토, 다음 검토일',
    vi: 'lần rà soát tiếp theo, đánh giá tiếp theo',
  },
  reviewSchedule: {
    en: 'review schedule, review cycle, review frequency, review cadence, review period, review interval, reviewed every, review every, update frequency',
    de: 'Review Zyklus, Prüfzyklus, Überprüfungsintervall',
    fr: 'cycle de révision, fréquence de révision',
    es: 'ciclo de revisión, frecuencia de revisión',
    pt: 'ciclo de revisão, frequência de revisão',
    zh: '审查周期, 评审周期, 更新频率',
    ja: '見直し周期, レビュー周期',
    ko: '검토 주기',
    vi: 'chu kỳ rà soát',
  },
  duration: {
    en: `duration, estimated duration, expected duration, typical duration, total duration, average duration, approximate duration, approx duration, approx. duration,
      time, estimated time, expected time, total time, typical time, time required, time needed, time estimate, time to complete, estimated time to complete, time to resolve, time to recover,
      total time required, estimated time required, completion time, estimated completion time, resolution time, expected resolution time, effort, estimated effort, run time, execution time, eta, time frame, mttr`,
    de: 'Dauer, geschätzte Dauer, Zeitaufwand',
    fr: 'durée, durée estimée, temps estimé',
    es: 'duración, duración estimada, tiempo estimado',
    pt: 'duração, duração estimada, tempo estimado',
    it: 'durata, durata stimata, tempo stimato',
    pl: 'czas trwania, szacowany czas',
    ru: 'длительность, время выполнения, продолжительность',
    zh: '预计时间, 预计耗时, 耗时, 时长, 预计时长',
    ja: '所要時間, 作業時間, 想定時間',
    ko: '소요 시간, 소요시간, 예상 시간, 예상 소요 시간',
    vi: 'thời gian dự kiến, thời lượng, thời gian thực hiện',
  },
  riskLevel: {
    en: 'risk, risk level, risk rating, risk assessment, impact level, danger level',
    de: 'Risiko, Risikostufe',
    fr: 'risque, niveau de risque',
    es: 'riesgo, nivel de riesgo',
    pt: 'risco, nível de risco',
    it: 'rischio, livello di rischio',
    ru: 'риск, уровень риска',
    zh: '风险, 风险等级, 风险级别',
    ja: 'リスク, リスクレベル',
    ko: '위험도, 위험 수준',
    vi: 'rủi ro, mức độ rủi ro',
  },
  authorization: {
    en: `authorization, authorisation, authorization required, authorization level, required authorization, approval, approvals, approval required, approval needed, approval level, approval by, approval from, required approval, required approvals, approvals required,
      approver, approvers, requires approval, requires approval of, requires approval from, requires approval by, authorized by, authorised by, approved by, permission required, permissions required, required permission, required permissions`,
    de: 'Freigabe, Genehmigung, freigegeben von, genehmigt von, genehmigt durch',
    fr: 'autorisation, approbation, approuvé par, validé par',
    es: 'autorización, aprobación, aprobado por, autorizado por',
    pt: 'autorização, aprovação, aprovado por, autorizado por',
    ru: 'утверждено, согласование, утвердил',
    zh: '审批人, 审核人, 审核人员, 批准人, 审批',
    ja: '承認者, 承認',
    ko: '승인자, 승인',
    vi: 'phê duyệt, người phê duyệt',
  },
  schedule: {
    en: 'schedule, frequency, cadence, backup schedule, backup frequency, run schedule, run frequency, execution schedule, maintenance schedule, check frequency, test frequency, test schedule, how often, when, when to run, recurrence, maintenance window, window, trigger time',
    de: 'Häufigkeit, Zeitplan, Turnus, Rhythmus',
    fr: 'fréquence, planification, périodicité',
    es: 'frecuencia, periodicidad, programación',
    pt: 'frequência, periodicidade, agendamento',
    it: 'frequenza, pianificazione',
    ru: 'периодичность, частота, расписание',
    zh: '频率, 周期, 执行频率, 执行时间',
    ja: '頻度, 実施頻度, 実施時期, スケジュール',
    ko: '주기, 빈도, 실행 주기',
    vi: 'tần suất, lịch chạy',
  },
  severity: {
    en: 'severity, severity level, alert severity, incident severity, default severity, priority, sev, criticality, urgency',
    de: 'Schweregrad, Priorität, Dringlichkeit',
    fr: 'gravité, sévérité, criticité, priorité',
    es: 'severidad, gravedad, criticidad, prioridad',
    pt: 'severidade, gravidade, criticidade, prioridade',
    it: 'gravità, severità, priorità',
    ru: 'серьезность, критичность, приоритет',
    zh: '严重程度, 严重级别, 严重性, 优先级, 级别',
    ja: '重大度, 重要度, 優先度',
    ko: '심각도, 우선순위, 중요도',
    vi: 'mức độ nghiêm trọng, mức độ, độ ưu tiên',
  },
};

const KEYS = Object.entries(KEY_WORDS).map(([fact, words]) => ({
  fact: fact as KnownKey,
  key: vocabulary(words),
}));

/** The fact that a written key names: 'lastUpdated' of "Last reviewed", "last_updated" and "Stand". */
export function factOf(key: string): KnownKey | undefined {
  const bare = withoutBracketAtEnd(key);
  return KEYS.find(rule => rule.key.is(bare) || rule.key.is(key))?.fact;
}
