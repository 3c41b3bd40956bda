import { entityRunbooks } from '../../testing/documents';
import { procedureList, type ProcedureFilter } from './procedureList';

const RUNBOOKS = entityRunbooks();

describe('the list of procedures', () => {
  it.each<{ says: string; filter: ProcedureFilter; titles: string[] }>([
    {
      says: 'a word of the title',
      filter: { text: 'canary' },
      titles: ['Canary deployment'],
    },
    {
      says: 'a symptom',
      filter: { text: 'crashloopbackoff' },
      titles: ['Incident: pods crash in a loop'],
    },
    {
      says: 'what the document says of it',
      filter: { text: 'add capacity' },
      titles: ['Incident: high latency of logins'],
    },
    {
      says: 'a heading above, with another word',
      filter: { text: 'keys rotate' },
      titles: ['Rotate signing keys'],
    },
    {
      says: 'a kind',
      filter: { text: '', kind: 'rollback' },
      titles: ['Roll back to the former version'],
    },
    { says: 'nothing that is there', filter: { text: 'zebra' }, titles: [] },
  ])('is narrowed by $says', ({ filter, titles }) => {
    const list = procedureList(RUNBOOKS, filter);
    const rows = list.documents.flatMap(document => document.rows);
    expect(rows.map(row => row.title)).toEqual(titles);
    expect(list.shown).toBe(titles.length);
    expect(list.total).toBe(8);
  });

  it('counts each kind once, the most frequent first', () => {
    const { kinds } = procedureList(RUNBOOKS, { text: '' });
    expect(kinds.map(({ label, count }) => `${label} ${count}`)).toEqual([
      'Check 2',
      'Incident 2',
      'Deploy 1',
      'Maintenance 1',
      'Rollback 1',
      'Troubleshoot 1',
    ]);
  });

  it('counts of each kind what is found by the text, and offers all of them', () => {
    const list = procedureList(RUNBOOKS, {
      text: 'add capacity',
      kind: 'deploy',
    });
    expect(list).toMatchObject({ total: 8, found: 1, shown: 0 });
    expect(list.kinds.map(({ label, count }) => `${label} ${count}`)).toEqual([
      'Check 0',
      'Incident 1',
      'Deploy 0',
      'Maintenance 0',
      'Rollback 0',
      'Troubleshoot 0',
    ]);
  });

  it('tells what is known about a document and where an inherited one comes from', () => {
    const [own, inherited] = procedureList(RUNBOOKS, { text: '' }).documents;
    expect(own.facts).toEqual([
      'Owner Identity team',
      'Version 2.3',
      expect.stringMatching(/^Updated .*2026/),
    ]);
    expect(inherited.inheritedFrom).toBe('system:default/identity');
  });

  it('keeps a document without procedures while nothing is searched', () => {
    const empty = entityRunbooks({
      runbooks: [{ ...RUNBOOKS.runbooks[0], procedures: [] }],
    });
    expect(procedureList(empty, { text: '' }).documents).toHaveLength(1);
    expect(procedureList(empty, { text: 'x' }).documents).toHaveLength(0);
  });
});
