import type {
  ObjectPreview,
  Preview,
} from '@backstage-runbooks/plugin-runbooks-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { PREVIEWS } from '../../testing/previews';
import { PreviewView } from './PreviewView';

// Screens are large, and a busy machine renders them slowly.
jest.setTimeout(60_000);

function ofObject(
  change: ObjectPreview['change'],
  kind: string,
  name: string,
  namespace = '',
): Preview {
  return {
    outcome: 'changes',
    objects: [
      { change, object: { kind, group: '', namespace, name }, fields: [] },
    ],
    notes: [],
    digest: 'd',
  };
}

async function show(preview: Preview) {
  await renderScreen(<PreviewView preview={preview} />);
}

describe('what a step would change', () => {
  it.each<{ outcome: Preview['outcome']; says: string }>([
    {
      outcome: 'changes',
      says: 'Deletes 1 object, changes 3, creates 1, and 3 more that are not shown.',
    },
    { outcome: 'creates', says: 'Creates 1 object.' },
    {
      outcome: 'changes-nothing',
      says: 'Changes nothing: whatever it writes is like that already.The Deployment auth-service has 6 replicas already.',
    },
    {
      outcome: 'refused',
      says: 'Refused by the serverdeployments.apps "auth-service" is forbidden: exceeded quota',
    },
    {
      outcome: 'not-possible',
      says: 'No preview, because it waits for a roll-out with kubectl rollout status',
    },
    {
      outcome: 'failed',
      says: 'The preview failedThe cluster did not answer within 20 seconds',
    },
  ])('is told by name: $outcome', async ({ outcome, says }) => {
    await show(PREVIEWS[outcome]);
    expect(document.body).toHaveTextContent(says);
  });

  it('begins each object with what people look for, and names it', async () => {
    await show(PREVIEWS.changes);
    expect(screen.getByText('3 → 6 replicas').closest('li')).toHaveTextContent(
      /^3 → 6 replicasChanges the Deployment auth-service in identity/,
    );
    expect(
      screen.getByText('Deletes the Pod auth-service-7c9d-x2k4p in identity'),
    ).toBeVisible();
    expect(
      screen.getByText(
        'Creates the NetworkPolicy auth-from-gateway in identity',
      ),
    ).toBeVisible();
  });

  it('names an object that is in no namespace', async () => {
    await show(ofObject('change', 'ClusterRole', 'viewer'));
    expect(
      screen.getByText('Changes the ClusterRole viewer (in no namespace)'),
    ).toBeVisible();
  });

  it('says of a namespace that would be deleted that all in it goes too', async () => {
    await show(ofObject('delete', 'Namespace', 'shop'));
    expect(
      screen.getByText('Deletes the Namespace shop and all that is in it'),
    ).toBeVisible();
  });

  it('names no object where the API server does not tell which', async () => {
    await show(ofObject('delete', 'Pod', '*', 'shop'));
    expect(
      screen.getByText('Deletes objects of kind Pod in shop'),
    ).toBeVisible();
  });

  it('tells a deletion once', async () => {
    await show(PREVIEWS.changes);
    expect(
      screen.getByText(/^Deletes the Pod/).closest('li'),
    ).toHaveTextContent(
      /^Deletes the Pod auth-service-7c9d-x2k4p in identity$/,
    );
  });

  it('tells each write of an object that is written more than once, and counts the object once', async () => {
    const object = {
      ...{ kind: 'ConfigMap', group: '' },
      ...{ namespace: 'shop', name: 'limits' },
    };
    const put = (after: string): ObjectPreview => ({
      change: 'change',
      object,
      headline: '1 key changed',
      fields: [{ path: 'data.v', before: 'old', after }],
    });
    await show({
      outcome: 'changes',
      objects: [
        put('one'),
        put('two'),
        { change: 'delete', object, fields: [] },
      ],
      notes: [],
      digest: 'd',
    });
    expect(document.body).toHaveTextContent('Deletes 1 object and changes 1.');
    const lines = within(
      screen.getByRole('list', { name: 'Objects' }),
    ).getAllByText(/the ConfigMap limits in shop$/);
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      'Changes the ConfigMap limits in shop',
      'Then changes the ConfigMap limits in shop',
      'Then deletes the ConfigMap limits in shop',
    ]);
    for (const value of ['one', 'two']) {
      expect(screen.getByText(value)).toBeVisible();
    }
  });

  it('tells each field before and after, also to those who do not see what is struck', async () => {
    await show(PREVIEWS.changes);
    const fields = within(
      screen.getByRole('list', { name: 'Fields of Deployment auth-service' }),
    ).getAllByRole('listitem');
    expect(fields.map(({ textContent }) => textContent)).toEqual([
      'spec.replicaswas 3 → becomes 6',
      'spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]not set → becomes 2026-11-21T02:14:09Z',
      'spec.pausedwas true →  removed',
    ]);
  });

  it('says of hidden values only that they differ', async () => {
    await show(PREVIEWS.changes);
    expect(
      screen.getByRole('list', { name: 'Fields of Secret auth-token-store' }),
    ).toHaveTextContent('data.passwordhidden, differs');
  });

  it('shows long values as a difference of lines', async () => {
    await show(PREVIEWS.changes);
    expect(
      screen.getByRole('region', {
        name: 'Differences of data["application.yaml"]',
      }),
    ).toHaveTextContent(/tokenStore:- poolSize: 10\+ poolSize: 40 timeout: 2s/);
  });

  it('folds many fields, counts them, and says how many are left out', async () => {
    await show(PREVIEWS.changes);
    const name = 'Fields of NetworkPolicy auth-from-gateway';
    expect(screen.queryByRole('list', { name })).not.toBeInTheDocument();
    await userEvent.setup().click(screen.getByText('19 fields'));
    const fields = await screen.findByRole('list', { name });
    expect(fields).toHaveTextContent(
      /^spec\.podSelector\.matchLabels\.appauth-service/,
    );
    expect(fields).toHaveTextContent(/and 12 more fields, not shown here$/);
  });

  it('says how many objects are left out, and what else there is to know', async () => {
    await show(PREVIEWS.changes);
    expect(
      screen.getByText('and 3 more objects, not shown here'),
    ).toBeVisible();
    expect(
      within(screen.getByRole('list', { name: 'Notes' })).getByText(
        /^The cluster starts and stops the pods/,
      ),
    ).toBeVisible();
  });
});
