import type { ApprovalRequest } from '@backstage-runbooks/plugin-runbooks-common';
import { Disclosure } from '../../components/Disclosure';
import { PreviewView } from './PreviewView';

/** What whoever decided on a step saw that it would change; nothing where nobody had looked. */
export function SeenPreview({ request }: { request: ApprovalRequest }) {
  if (!request.preview) return null;
  return (
    <Disclosure summary="What the approver saw">
      <PreviewView preview={request.preview} />
    </Disclosure>
  );
}
