import type { RootInstanceMetadataService } from '@backstage/backend-plugin-api';
import type {
  KubernetesAccess,
  KubernetesAccessRegistry,
} from '@backstage-runbooks/plugin-runbooks-node';

/** The module of the kubernetes plugin that fills the registry. */
export const ACCESS_MODULE_ID = 'runbooks-access';

/** A registry whose readers wait until it is filled or has failed; the first answer counts. */
export class AwaitedAccessRegistry implements KubernetesAccessRegistry {
  readonly #instance: RootInstanceMetadataService;
  readonly #timeoutMs: number;
  readonly #settled: Promise<void>;
  #settle: () => void = () => {};
  #access: KubernetesAccess | undefined;
  #because: string | undefined;

  constructor(instance: RootInstanceMetadataService, timeoutMs: number) {
    this.#instance = instance;
    this.#timeoutMs = timeoutMs;
    this.#settled = new Promise(resolve => {
      this.#settle = resolve;
    });
  }

  set(access: KubernetesAccess): void {
    this.#access = access;
    this.#settle();
  }

  fail(because: string): void {
    this.#because ??= because;
    this.#settle();
  }

  async get(): Promise<KubernetesAccess> {
    if (this.#access) return this.#access;
    await this.#checkInstalled();
    await this.#settledOrTimeout();
    if (!this.#access) {
      throw new Error(
        this.#because ?? 'the kubernetes backend plugin is still starting',
      );
    }
    return this.#access;
  }

  async #checkInstalled(): Promise<void> {
    const plugins = await this.#instance.getInstalledPlugins();
    const kubernetes = plugins.find(plugin => plugin.pluginId === 'kubernetes');
    if (!kubernetes) {
      throw new Error(
        'the kubernetes backend plugin is not installed in this process',
      );
    }
    if (
      !kubernetes.modules.some(module => module.moduleId === ACCESS_MODULE_ID)
    ) {
      throw new Error(
        `module ${ACCESS_MODULE_ID} of the kubernetes backend plugin is not installed in this process`,
      );
    }
  }

  async #settledOrTimeout(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>(resolve => {
      timer = setTimeout(resolve, this.#timeoutMs);
      timer.unref();
    });
    await Promise.race([this.#settled, timeout]);
    clearTimeout(timer);
  }
}
