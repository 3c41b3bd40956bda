import { Link } from '@backstage/core-components';
import { EffectTag } from '../../components/EffectTag';
import { EntityName } from '../../components/EntityName';
import { MarkdownText } from '../../components/MarkdownText';
import { Fact, PageHead } from '../../components/PageHead';
import { Tag } from '../../components/Tag';
import type { ProcedureView } from '@backstage-runbooks/plugin-runbooks-common';
import type { ProcedurePageView } from './procedurePageView';
import { ForeignText } from '../../components/ForeignText';

/** Which procedure this is, where it stands in its document, and what is known about it. */
export function ProcedureHead(props: {
  page: ProcedurePageView;
  runbook: ProcedureView['runbook'];
  line: number;
  backTo: string;
}) {
  const { page, runbook, line, backTo } = props;
  const place = `${runbook.path}:${line}`;
  return (
    <PageHead
      crumbsLabel="Place of the procedure"
      crumbs={
        <>
          <Link to={backTo}>All procedures</Link>
          {[runbook.title, ...page.context].map((part, index) => (
            <span key={`${index}|${part}`}>
              <ForeignText text={` › ${part}`} />
            </span>
          ))}
        </>
      }
      title={page.title}
      tags={
        <>
          <Tag>{page.kind}</Tag>
          <EffectTag effect={page.effect} />
          {page.isAsWritten && (
            <Tag title="This is what the text says. What it does with the values of a run is told when they are filled in, and can be worse.">
              As written, before your values
            </Tag>
          )}
          {page.observeOnly && (
            <Tag
              tone="info"
              title="Nothing in this procedure may change anything."
            >
              Observe only
            </Tag>
          )}
          {runbook.inheritedFrom && (
            <Tag>
              Inherited from <EntityName entityRef={runbook.inheritedFrom} />
            </Tag>
          )}
        </>
      }
      summary={page.summary && <MarkdownText text={page.summary} />}
      facts={
        <>
          {page.facts.map(fact => (
            <Fact key={fact.label} label={fact.label}>
              <ForeignText text={fact.value} />
            </Fact>
          ))}
          <Fact label="Source">
            {runbook.url ? (
              <Link to={runbook.url}>
                <ForeignText text={place} />
              </Link>
            ) : (
              place
            )}
          </Fact>
        </>
      }
    />
  );
}
