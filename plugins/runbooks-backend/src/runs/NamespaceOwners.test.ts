import { mockServices } from '@backstage/backend-test-utils';
import { AnnotatedNamespaceOwners, type ObjectReader } from './NamespaceOwners';

function ownersBy(answer: (path: string) => unknown) {
  const clock = { now: 0 };
  const getJson = jest.fn(async (_: string, path: string) => answer(path));
  const owners = new AnnotatedNamespaceOwners({
    reader: { getJson: getJson as ObjectReader['getJson'] },
    logger: mockServices.logger.mock(),
    now: () => clock.now,
  });
  return { owners, getJson, clock };
}

const annotated = (owner: string) => ({
  metadata: { annotations: { 'backstage-runbooks.io/owner': owner } },
});

describe('whose a namespace is', () => {
  it.each([
    ['payments', 'group:default/payments'],
    [' Group:Payments ', 'group:default/payments'],
    ['user:ops/Ana', 'user:ops/ana'],
  ])('is said by its annotation: %j', async (written, owner) => {
    const { owners, getJson } = ownersBy(() => annotated(written));
    await expect(owners.ownerOf('one', 'a/b')).resolves.toBe(owner);
    expect(getJson).toHaveBeenCalledWith('one', '/api/v1/namespaces/a%2Fb');
  });

  it.each([[{}], [{ metadata: {} }], [annotated(' ')]])(
    'is nobody’s where it names nobody: %j',
    async answer => {
      const { owners } = ownersBy(() => answer);
      await expect(owners.ownerOf('one', 'shop')).resolves.toBeUndefined();
    },
  );

  it('is trusted for half a minute, per cluster', async () => {
    const { owners, getJson, clock } = ownersBy(() => annotated('shop'));
    await owners.ownerOf('one', 'shop');
    clock.now = 29_999;
    await owners.ownerOf('one', 'shop');
    expect(getJson).toHaveBeenCalledTimes(1);
    await owners.ownerOf('two', 'shop');
    clock.now = 30_000;
    await owners.ownerOf('one', 'shop');
    expect(getJson).toHaveBeenCalledTimes(3);
  });

  it('is nobody’s where it cannot be read, and is asked again at once', async () => {
    let isDown = true;
    const { owners } = ownersBy(() => {
      if (isDown) throw new Error('no answer');
      return annotated('shop');
    });
    await expect(owners.ownerOf('one', 'shop')).resolves.toBeUndefined();
    isDown = false;
    await expect(owners.ownerOf('one', 'shop')).resolves.toBe(
      'group:default/shop',
    );
  });
});
