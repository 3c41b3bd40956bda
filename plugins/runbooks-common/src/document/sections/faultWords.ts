import { vocabulary } from '../words/vocabulary';

/**
 * Words that tell what is wrong, one line per language. Whether that is an incident or troubleshooting is told by
 * what stands above.
 */
export const FAULT = vocabulary({
  en: `hang, hangs, hanging, hung, stale, keeps *, keep failing, boot loop*, no endpoints, no space, no data, no leader, no response, unavailable, unavailability, unreachable, unresponsive,
    unhealthy, unschedulable, inaccessible, invalid, fail, fails, failed, failing, failure*, crash*, down, outage*,
    leak, leaks, leaking, error*, exception*, issue*, problem*, stuck, slow*, high, low, poor, excessive, missing, lost, loss,
    time out*, timing out, exhaust*, pressure, throttl*, deadlock*, lag, latency, oom*, evicted, pending, restarting,
    saturat*, degraded, degradation, expired, refused, denied, corrupt*, unexpected, unauthorized, unauthorised,
    incident*, breach*, attack*, spike*, backlog*, overload*, overflow*, compromise*, panic*, 5xx, 500, 502, 503, 504,
    cascading, split brain, mismatch*, drift, can not, can't, won't, doesn't, isn't, cannot, broken, disconnected,
    flapping, image pull back off, crash loop back off, disk full, is full, are full, storage full, database full,
    % full, not *, don't appear*, don't arrive*, don't show*, don't work*, don't start*, don't load*, don't run*, running out of, runs out of, run out of, out of memory, out of disk, storm, wrong`,
  de: 'Ausfall*, Ausfälle, Fehler*, Störung*, nicht *, langsam*, überlast*, abgelaufen*, Absturz*, Abstürze, Problem*, Verlust*, Datenverlust, voll, defekt*',
  fr: 'panne*, plein*, arrêté*, bloqué*, échoué*, échec*, erreur*, indisponib*, lent*, problème*, perte*, satur*, expiré*, dégrad*, ne répond*, inaccessible*, corrompu*, fuite*',
  es: 'fallo*, falla*, error*, caída*, caído*, no responde*, no disponible*, no funciona*, no arranca*, no inicia*, lent*, problema*, pérdida*, llen*, alta latencia, alto uso, expirad*, degrad*, satur*, inaccesible*, corrupt*, fuga*',
  pt: 'falha*, erro*, queda*, indisponi*, não *, fora do ar, lent*, problema*, perda*, chei*, alta latência, alto uso, expirad*, degrada*, satur*, inacessíve*, corromp*, vazamento*',
  it: 'errore*, errori, guast*, non risponde, non funziona, non disponibile, non raggiungibile, non parte, lent*, problem*, perdita*, inaccessibil*, corrott*',
  nl: 'fout*, storing*, niet *, traag, trage',
  pl: 'błąd*, błęd*, awari*, niedostęp*, nie działa*, problem*, utrat*, wolno, wolne',
  ru: 'ошибк*, сбо*, отказ*, недоступ*, не работает, не отвечает, не запускается, медленн*, падени*, упал*, проблем*, переполн*, потер*, утечк*, истек*, зависа*',
  zh: '失败, 失敗, 故障, 异常, 異常, 错误, 錯誤, 不可用, 宕机, 当机, 超时, 超時, 丢失, 丟失, 过高, 過高, 过慢, 已满, 泄漏, 泄露, 延迟, 延遲, 无法, 無法, 中断, 过期, 耗尽, 崩溃, 堆积, 卡住, 不足, 缓慢',
  ja: '失敗, 障害, 異常, エラー, できない, しない, 遅延, 遅い, サーバーダウン, サービスダウン, 不足, 枯渇, タイムアウト, 逼迫, 応答なし, 漏洩, 高騰, 不具合',
  ko: '실패, 장애, 오류, 에러, 서버 다운, 서비스 다운, 불가, 느림, 지연, 초과, 부족, 누락, 유출, 만료, 이상, 중단, 안 됨, 않음',
  vi: 'lỗi, thất bại, không *, chậm, mất dữ liệu, đầy, quá tải, hết hạn, sự cố, treo, gián đoạn',
});

/** Phrases that hold such a word and name work all the same. */
export const NO_FAULT = vocabulary({
  en: 'prevention, protection, handling, full rollback, full restore, full backup, high performance, pre incident*, post incident*, high availability, low traffic, whether or not, incident response, error budget*',
  de: 'Fehlerbehebung, Fehlersuche, Fehleranalyse, Problembehebung, Störungsbehandlung',
  fr: 'résolution de problèmes, résolution des problèmes',
  es: 'solución de problemas, resolución de problemas, prevención',
  pt: 'solução de problemas, resolução de problemas, prevenção',
  it: 'risoluzione dei problemi',
  pl: 'rozwiązywani* problem*',
  ru: 'решение проблем, отказоустойчив*',
  zh: '故障转移, 故障轉移, 故障切换, 故障排除, 故障排查, 故障处理, 故障處理, 错误处理, 异常处理, 预防',
  ja: '障害対応, 障害復旧, エラー対応, 防止',
  ko: '장애 대응, 장애 복구, 장애 조치, 오류 처리, 방지',
  vi: 'gỡ lỗi, xử lý sự cố, khắc phục sự cố',
});
