import type { ToolRule } from './scene';
import { backupTools } from './backups';
import { builtins } from './builtins';
import { fileTools } from './files/fileTools';
import { textTools } from './text/textTools';
import { wrapperTools } from './wrappers/wrapperTools';
import { judgeKubectl } from './kubectl/judgeKubectl';
import { httpTools } from './http';
import { databaseTools } from './databases/databaseTools';
import { deliveryTools } from './delivery';
import { containerTools } from './containers/containerTools';
import { cloudTools } from './clouds/cloudTools';
import { machineTools } from './machine/machineTools';
import { developmentTools } from './development/developmentTools';
import { infrastructureTools } from './infrastructure';
import { backendTools } from './platforms/backends';
import { deployerTools } from './platforms/deployers';
import { hostingTools } from './platforms/hosting';

/** Every tool whose calls are known, one table for each family. */
const TOOLS: ReadonlyMap<string, ToolRule> = new Map(
  Object.entries<ToolRule>({
    ...builtins,
    ...fileTools,
    ...textTools,
    ...wrapperTools,
    ...httpTools,
    ...databaseTools,
    ...backupTools,
    ...deliveryTools,
    ...containerTools,
    ...cloudTools,
    ...infrastructureTools,
    ...machineTools,
    ...developmentTools,
    ...hostingTools,
    ...backendTools,
    ...deployerTools,
    kubectl: judgeKubectl,
    oc: (call, scene) => judgeKubectl({ ...call, tool: 'oc' }, scene),
    k: (call, scene) => judgeKubectl({ ...call, tool: 'kubectl' }, scene),
    kubecolor: (call, scene) =>
      judgeKubectl({ ...call, tool: 'kubectl' }, scene),
  }),
);

/** Folders that hold the machine's own programs, and those of a product that was installed beside them. */
const SYSTEM_FOLDER = /^(?:\/(?:usr|opt|snap)(?:\/\w[\w.-]*){0,5})?\/s?bin\//;

/** A script of a project that starts a tool it brings along: `./vendor/bin/sail`, `/app/bin/rails`. */
const PROJECT_BINARY =
  /^(?:.*\/)?(bin\/(?:rails|rake|kamal|console)|manage\.py|artisan|gradlew|mvnw)$/;

/** The rule for a command name; undefined where the tool is not known. */
export function ruleFor(name: string): ToolRule | undefined {
  const known = TOOLS.get(name.replace(SYSTEM_FOLDER, ''));
  const binary = known ? undefined : PROJECT_BINARY.exec(name)?.[1];
  return (
    known ??
    (binary ? TOOLS.get(binary) : undefined) ??
    TOOLS.get(ownScript(name)) ??
    initScript(name, TOOLS)
  );
}

/** `/etc/init.d/NAME VERB` is `service NAME VERB`. */
function initScript(
  name: string,
  tools: ReadonlyMap<string, ToolRule>,
): ToolRule | undefined {
  const script = /^\/etc\/(?:rc\.d\/)?init\.d\/([\w.@-]+)$/.exec(name);
  const service = tools.get('service');
  return script && service
    ? (call, scene) =>
        service(
          {
            ...call,
            tool: 'service',
            args: [
              {
                value: script[1],
                certainty: 'exact',
                start: -1,
                end: -1,
                spliced: false,
              },
              ...call.args,
            ],
          },
          scene,
        )
    : undefined;
}

/** The scripts that a broker brings, wherever it lies: their names belong to nothing else. */
function ownScript(name: string): string {
  const script =
    /^(?:[\w.${}/-]*\/)?((?:kafka|zookeeper|zkCli|connect)[\w-]*\.sh)$/.exec(
      name,
    );
  return script?.[1] ?? '';
}
