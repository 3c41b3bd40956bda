import { printed } from './results.mjs';

/** Commands about the machine that a container believes to be on: plausible and always the same. */
export const machine = {
  uname: args =>
    printed(
      args.includes('-a')
        ? 'Linux simulated 6.1.0 #1 SMP x86_64 GNU/Linux\n'
        : 'Linux\n',
    ),

  ps: (args, { target }) =>
    printed(
      `PID   USER     TIME  COMMAND\n    1 root      0:03 ${target.container}\n   27 root      0:00 ps\n`,
    ),

  df: () =>
    printed(
      'Filesystem           1K-blocks      Used Available Use% Mounted on\n' +
        'overlay              104857600  37748736  67108864  36% /\n' +
        'tmpfs                    65536         0     65536   0% /dev\n',
    ),

  free: () =>
    printed(
      '              total        used        free      shared  buff/cache   available\n' +
        'Mem:       16777216     6291456     8388608       16384     2097152    10485760\n' +
        'Swap:             0           0           0\n',
    ),

  uptime(args, { target }) {
    const minutes = Math.floor(
      (Date.now() - Date.parse(target.startedAt)) / 60_000,
    );
    return printed(
      ` ${new Date()
        .toISOString()
        .slice(
          11,
          19,
        )} up ${minutes} min,  0 users,  load average: 0.12, 0.10, 0.08\n`,
    );
  },

  kill: () => printed(),
};
