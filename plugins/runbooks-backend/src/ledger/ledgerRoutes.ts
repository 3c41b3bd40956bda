import { evidenceExportPermission } from '@backstage-runbooks/plugin-runbooks-common';
import type { Router } from 'express';
import { z } from 'zod/v4';
import type { Access } from '../http/access';
import type { Audit } from '../http/Audit';
import { parseRequest } from '../http/parseRequest';
import { RunAccess } from '../runs/RunAccess';
import type { RunStore } from '../runs/RunStore';
import type { CheckpointStore } from './CheckpointStore';
import type { EvidenceExport } from './EvidenceExport';
import type { LedgerKeys } from './LedgerKeys';
import { sendEvidence } from './sendEvidence';

const CHECKPOINTS_ON_A_PAGE = 100;
const MAX_NUMBER = 2_147_483_647;

/** Postgres knows no year 0. */
const momentSchema = z.iso
  .datetime({ offset: true })
  .refine(at => at >= '1970', 'expected a moment from 1970 on');
const spanSchema = z
  .object({
    from: momentSchema.optional(),
    to: momentSchema.optional(),
  })
  .refine(
    ({ from, to }) => !from || !to || Date.parse(from) <= Date.parse(to),
    {
      path: ['from'],
      message:
        'is later than to, so nothing lies between; expected an earlier time',
    },
  );
const fromSchema = z.object({
  from: z.coerce.number().int().min(0).max(MAX_NUMBER).default(0),
});

/** Routes of evidence: exports, checkpoints, and the keys that sign them. */
export function addLedgerRoutes(
  router: Router,
  options: {
    access: Access;
    audit: Audit;
    store: RunStore;
    evidence: EvidenceExport;
    checkpoints: CheckpointStore;
    keys: LedgerKeys;
  },
): void {
  const { access, audit, store, evidence, checkpoints, keys } = options;
  const may = new RunAccess({ access, store });

  router.get('/runs/:runId/evidence', async (req, res) => {
    const credentials = await access.person(req);
    const { id } = await may.readable(req.params.runId, credentials);
    await audit.record(
      req,
      {
        eventId: 'evidence-export',
        severityLevel: 'medium',
        meta: { runId: id },
      },
      () => sendEvidence(res, `run-${id}.jsonl`, evidence.ofRun(id)),
      sent => sent,
    );
  });

  router.get('/ledger/evidence', async (req, res) => {
    const credentials = await access.person(req);
    const { from, to } = parseRequest(spanSchema, req.query);
    await access.granted(credentials, evidenceExportPermission);
    const span = {
      ...(from === undefined ? {} : { from: new Date(from) }),
      ...(to === undefined ? {} : { to: new Date(to) }),
    };
    await audit.record(
      req,
      {
        eventId: 'evidence-export',
        severityLevel: 'high',
        meta: { from: from ?? 'the first run', to: to ?? 'the newest run' },
      },
      () => sendEvidence(res, 'evidence.jsonl', evidence.ofAll(span)),
      sent => sent,
    );
  });

  router.get('/ledger/checkpoints', async (req, res) => {
    const credentials = await access.person(req);
    const { from } = parseRequest(fromSchema, req.query);
    await access.granted(credentials, evidenceExportPermission);
    res.json({
      checkpoints: await checkpoints.list(from, CHECKPOINTS_ON_A_PAGE),
    });
  });

  router.get('/ledger/key', async (req, res) => {
    await access.person(req);
    res.json({ keys: keys.list() });
  });
}
