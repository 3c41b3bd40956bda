import type { Code } from 'mdast';
import type { ShellReading } from '../../shell';

const QUERY_LANGUAGES: ReadonlySet<string> = new Set([
  'sql',
  'psql',
  'mysql',
  'promql',
  'logql',
  'kql',
  'kusto',
  'influxql',
  'cypher',
  'traceql',
  'esql',
  'lucene',
]);

/** True where a block is a query for a person to run elsewhere: SQL, PromQL, LogQL and their relatives. */
export function isQueryBlock(
  node: Code,
  reading: ShellReading | undefined,
): boolean {
  if (QUERY_LANGUAGES.has(node.lang?.toLowerCase() ?? '-')) return true;
  const otherwise = reading?.otherwise;
  return otherwise === 'sql' || otherwise === 'promql' || otherwise === 'logql';
}
